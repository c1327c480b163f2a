package dev.sockreel.recorder.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretWordsTest {
    /** Command lines and what is stored of them. Spaces separate words; a dot in the middle is a blank in a word. */
    private static final String MASKED = """
            app --password=hunter2 --port 80                  | app --password=*** --port 80
            app --password hunter2 --port 80                  | app --password *** --port 80
            app --password two·words -v                       | app --password *** -v
            app --password=two·words,x=y -v                   | app --password=*** -v
            app --DB_PASSWD=x                                 | app --DB_PASSWD=***
            app --pwd x1                                      | app --pwd ***
            app -Ddb.password=changeit -Dport=5432            | app -Ddb.password=*** -Dport=5432
            java -Djavax.net.ssl.trustStorePassword=changeit -jar a.jar | java -Djavax.net.ssl.trustStorePassword=*** -jar a.jar
            java -Djavax.net.ssl.keyStore=/etc/k/app.jks -Djavax.net.ssl.keyStorePassword=x -jar a.jar | java -Djavax.net.ssl.keyStore=/etc/k/app.jks -Djavax.net.ssl.keyStorePassword=*** -jar a.jar
            app --client-secret abc --client-id web           | app --client-secret *** --client-id web
            app --api-key=abc123def                           | app --api-key=***
            app --apiToken abcdef                             | app --apiToken ***
            app --auth user123x                               | app --auth ***
            app --credentials abc:def                         | app --credentials ***
            env PGPASSWORD=x AWS_SECRET_ACCESS_KEY=y psql -h db | env PGPASSWORD=*** AWS_SECRET_ACCESS_KEY=*** psql -h db
            docker run -e MYSQL_ROOT_PASSWORD=x -p 80:80 mysql | docker run -e MYSQL_ROOT_PASSWORD=*** -p 80:80 mysql
            docker run -eTOKEN=x --env=API_KEY=y img          | docker run -eTOKEN=*** --env=API_KEY=*** img
            docker login -u me -p hunter2 registry.example    | docker login -u me -p *** registry.example
            mysql -uroot -psecret -h db                       | mysql -uroot -p*** -h db
            mysqldump -u root --password=s3 db                | mysqldump -u root --password=*** db
            sudo mariadb-dump -ps3 db                         | sudo mariadb-dump -p*** db
            sshpass -p hunter2 ssh root@host                  | sshpass -p *** ssh root@host
            redis-cli -h r -a hunter2 monitor                 | redis-cli -h r -a *** monitor
            redis-server --requirepass hunter2 --port 1       | redis-server --requirepass *** --port 1
            mongodump -u admin -p hunter2                     | mongodump -u admin -p ***
            ldapsearch -D cn=admin -w hunter2 -b dc=x         | ldapsearch -D cn=admin -w *** -b dc=x
            7z a -phunter2 x.7z                               | 7z a -p*** x.7z
            curl -u alice:hunter2 https://h/                  | curl -u alice:*** https://h/
            curl --user alice:hunter2 https://h/              | curl --user alice:*** https://h/
            smbclient //s/share -U alice%hunter2              | smbclient //s/share -U alice%***
            curl -H Authorization:·Bearer·abc.def https://h/  | curl -H Authorization:·Bearer·*** https://h/
            curl -H X-Custom:·Bearer·abcdef123 https://h/     | curl -H X-Custom:·Bearer·*** https://h/
            redis://:pw@h:6379                                | redis://***@h:6379
            worker:·redis://:pw@h:6379·token=abc              | worker:·redis://***@h:6379·token=***
            curl -H X-Api-Key:·abc https://h/                 | curl -H X-Api-Key:·*** https://h/
            curl -HCookie:·sid=1;·b=2 https://h/              | curl -HCookie:·*** https://h/
            curl -d {"user":"me","password":"hun\\"ter2","n":1} h | curl -d {"user":"me","password":"***","n":1} h
            curl -d {"password":·"a·b",·"n":·1} h             | curl -d {"password":·"***",·"n":·1} h
            psql postgres://u:pw@h/db                         | psql postgres://***@h/db
            app --db=postgresql://u:p@ss@h:5432/db?sslmode=on | app --db=postgresql://***@h:5432/db?sslmode=on
            app redis://:pw@h:6379/0                          | app redis://***@h:6379/0
            app mysql://u:p/w#1@h/db                          | app mysql://***@h/db
            git clone https://oauth2:abcdef@git.example/r.git | git clone https://***@git.example/r.git
            git clone https://ABCDEFG1@git.example/r.git      | git clone https://***@git.example/r.git
            app --dsn=u:pw@tcp(h:3306)/db                     | app --dsn=u:***@tcp(h:3306)/db
            app u:pw@tcp(h:3306)/db                           | app u:***@tcp(h:3306)/db
            curl -x me:pw@proxy:3128 http://h/                | curl -x me:***@proxy:3128 http://h/
            app https://h/api?token=abc&x=1#f                 | app https://h/api?token=***&x=1#f
            app jdbc:sqlserver://h;user=x;password=y;encrypt=true | app jdbc:sqlserver://h;user=x;password=***;encrypt=true
            app host=h·password=x·dbname=d                    | app host=h·password=***·dbname=d
            mount.cifs //s/x /m -o user=u,password=p,ro,uid=3 | mount.cifs //s/x /m -o user=u,password=***,uid=3
            helm --set auth.password=x,replicas=2             | helm --set auth.password=***
            sh -c PGPASSWORD=x·psql·-h·db                     | sh -c PGPASSWORD=***·psql·-h·db
            bash -lc mysql·-psecret·db·|·wc·-l                | bash -lc mysql·-p***·db·|·wc·-l
            sh -c app·--password·"a·b"·--port·1               | sh -c app·--password·"***"·--port·1
            sh -c curl·-H·'Authorization:·Basic·abc'·h        | sh -c curl·-H·'Authorization:·Basic·***'·h
            ssh h mysql·-psecret·db                           | ssh h mysql·-p***·db
            app: worker --token=abc                           | app: worker --token=***
            app 0123456789abcdef0123456789abcdef              | app ***
            app da39a3ee5e6b4b0d3255bfef95601890afd80709      | app ***
            app wJalrXUtnFEMI/K7MDENG/bPxRfiCYzEXAMPLE9X      | app ***
            app eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U | app ***.***.***
            app ghp_0123456789abcdefghijABCDEFGHIJ123456      | app ***
            app AKIAIOSFODNN7EXAMPLE                          | app ***
            app --session-id 0123456789abcdef0123456789abcdef | app --session-id ***
            snmpwalk -v3 -A authpw1 -X privpw1 host           | snmpwalk -v3 -A *** -X *** host
            """;

    /** Command lines that stay as they are. */
    private static final String INNOCENT = """
            nginx:·master·process·/usr/sbin/nginx·-g·daemon·off;
            postgres:·app·db·10.0.0.1(5432)·idle·in·transaction
            sshd:·root@pts/0
            /usr/bin/python3 -u /srv/app.py --port 8080
            java -Xmx4g -XX:+UseG1GC -XX:MaxGCPauseMillis=200 -XX:ReservedCodeCacheSize=240m -cp /a/lib/x-1.2.3.jar:/a/lib/y.jar org.apache.catalina.startup.Bootstrap start
            java --add-opens=java.base/java.lang=ALL-UNNAMED -Dfile.encoding=UTF-8 -jar /opt/app/app-2.11.4-SNAPSHOT.jar
            java -Djava.security.auth.login.config=/etc/kafka/jaas.conf kafka.Kafka /etc/kafka/server.properties
            java -Dcom.sun.management.jmxremote.authenticate=false -Dcom.sun.management.jmxremote.password.file=/etc/jmx/pass X
            /usr/lib/jvm/java-21-OpenJDK/lib/Server3/verylong_Path_With9Things/And2More/x
            /nix/store/0c3hfs6yrdvf6xbz5gkwb8mjx4n2yvz1-bash-5.2/bin/bash
            app --id 123e4567-e89b-12d3-a456-426614174000
            app my-deployment-7d4b9c6f5d-x2x7z
            containerd-shim-runc-v2 -namespace moby -id 4ba7b810c0ffee4ba7b810c0ffee4ba7b810c0ffee4ba7b810c0ffee12345678 -address /run/c.sock
            app --commit=da39a3ee5e6b4b0d3255bfef95601890afd80709
            docker run nginx@sha256:4ba7b810c0ffee4ba7b810c0ffee4ba7b810c0ffee4ba7b810c0ffee12345678
            docker run -u 1000:1000 -v /a:/b img:1.2
            kube-apiserver --tls-private-key-file=/etc/k8s/pki/apiserver.key --service-account-key-file /etc/k8s/pki/sa.pub
            dockerd --tlskey=/etc/docker/key.pem --tlscert /etc/docker/cert.pem
            ssh -i /home/me/.ssh/id_ed25519 -o PubkeyAuthentication=no -o PasswordAuthentication=no me@host
            app --password-file /run/secrets/db --keyspace=users --keyboard us --monkey=1
            app --author=Jane --bypass=on --passive ftp://host/pub
            cassandra --keyspace events --max-tokens 4096
            psql --no-password -h db app
            app --password=$DB_PASSWORD
            app --password --port 80
            Xorg :0 -auth /var/run/lightdm/root/:0
            git clone ssh://git@github.com/org/repo.git
            npm install https://registry.npmjs.org/@scope/pkg
            app http://auth-service:8080/login --upstream auth:9000
            redis-server *:6379
            sort --key 2 -k 3
            mysql -P 3306 -h db -u root -p
            mkdir -p /a/b/c
            ssh -p 22 host
            chrome --type=renderer --field-trial-handle=3,i,102309128371234567890123,7473,262144
            AbstractSingletonProxyFactoryBeanForTransactions2 ThisIsALongCamelCaseName4Tests
            python3 -c import·time;·time.sleep(3)
            sh -c for·f·in·*;·do·echo·"$f";·done
            """;

    static Stream<String[]> masked() {
        return MASKED.lines().map(line -> Arrays.stream(line.split(" +\\| (?!wc)", 2)).map(String::strip)
                .toArray(String[]::new));
    }

    static Stream<String> innocent() {
        return INNOCENT.lines();
    }

    private static byte[] bytes(String line) {
        return (line.replace(' ', '\0').replace('·', ' ') + '\0').getBytes(StandardCharsets.UTF_8);
    }

    private static String shown(byte[] cmdline) {
        String text = new String(cmdline, StandardCharsets.UTF_8);
        return text.substring(0, text.length() - 1).replace(' ', '·').replace('\0', ' ');
    }

    @ParameterizedTest
    @MethodSource("masked")
    void secretsAreMasked(String in, String out) {
        assertEquals(out, shown(SecretWords.mask(bytes(in))));
        byte[] again = bytes(out);
        assertEquals(out, shown(SecretWords.mask(again)), "what is masked stays masked");
    }

    @ParameterizedTest
    @MethodSource("innocent")
    void theRestStays(String line) {
        byte[] cmdline = bytes(line);
        byte[] out = SecretWords.mask(cmdline);
        assertEquals(line, shown(out));
        assertSame(cmdline, out);
    }

    /** A command line of another user's process is anything at all, and the recorder must neither hang nor fail. */
    @ParameterizedTest
    @ValueSource(strings = {
        "a", "=", "password=", "n", "://", "://u:p/", "://@", "@", "/a", "\"a\":", "{\"password\":\"\\\"", "'\"",
        "\" '", ",a=",
        "token=,", "0a", "a0B1/", "-", "- ", " ", "\\", "key: ", "a=b;", "max-tokens", "bearer ",
        "0123456789abcdef0123456789abcdef/"
    })
    void longWordsOfAnythingTakeLittleTimeAndStack(String part) throws InterruptedException {
        for (String separator : new String[] {"", " ", "\0"}) {
            String text = (part + separator).repeat(ProcessFacts.MAX_READ_BYTES / (part.length() + separator.length()));
            for (String begin : new String[] {"", "x\0", "x\0--password\0", "sh\0-c\0", "x\0https://"}) {
                byte[] cmdline = (begin + text).getBytes(StandardCharsets.ISO_8859_1);
                AtomicReference<Throwable> failure = new AtomicReference<>();
                Thread thread = new Thread(null, () -> SecretWords.mask(cmdline), "masks", 256 << 10);
                thread.setUncaughtExceptionHandler((t, e) -> failure.set(e));
                long begun = System.nanoTime();
                thread.start();
                thread.join(20_000);
                assertNull(failure.get());
                assertTrue(!thread.isAlive() && System.nanoTime() - begun < 5_000_000_000L, "takes too long");
            }
        }
    }

    @Test
    void bytesThatAreNoTextStay() {
        byte[] cmdline = {'a', 0, (byte) 0xff, (byte) 0xc3, 0, 0, '-', 0};
        assertSame(cmdline, SecretWords.mask(cmdline));
        assertEquals(0, SecretWords.mask(new byte[0]).length);
    }
}
