package dev.sockreel.recorder.process;

import dev.sockreel.recorder.host.ProcFiles;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * The users of the host by id, from passwd(5). Users of other sources (LDAP, systemd's dynamic users) have no name
 * here, and a process in a container shows the host's name for its id, which may not be the container's.
 */
final class UserNames {
    private static final String PASSWD = "/etc/passwd";

    private final Map<Integer, String> names;

    private UserNames(Map<Integer, String> names) {
        this.names = names;
    }

    static UserNames ofThisHost(ProcFiles files) {
        return of(files.read(PASSWD).string());
    }

    /** Parses lines of {@code name:password:uid:…}; of several with one id the first counts, as for getpwuid(3). */
    static UserNames of(String passwd) {
        Map<Integer, String> names = new HashMap<>();
        for (String line : passwd.split("\n", -1)) {
            String[] fields = line.split(":", 4);
            if (fields.length == 4 && !fields[0].isEmpty() && fields[2].matches("[0-9]{1,10}")) {
                names.putIfAbsent((int) Long.parseLong(fields[2]), fields[0]);
            }
        }
        return new UserNames(names);
    }

    /** Returns the user's name, empty when there is none. */
    String name(int uid) {
        return names.getOrDefault(uid, "");
    }
}
