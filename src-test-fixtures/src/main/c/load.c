/* load: a machine that is busy with other things, for tests that must hold there.
 *
 *   cc -O2 -o load load.c
 *   ./load SECONDS [BURNERS]
 *
 * Opens and closes TCP connections on loopback, unix pairs and netlink sockets, these by the thousand so that the hash
 * table of all namespaces grows and shrinks, and keeps BURNERS processes (one a CPU unless said) computing. Everything
 * ends after SECONDS, an hour at most, or with its parent.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <linux/netlink.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define MAX_SECONDS 3600
#define MAX_BURNERS 64
#define MANY 3000

static int check(int result, const char *what)
{
	if (result < 0) {
		fprintf(stderr, "load: %s: %s\n", what, strerror(errno));
		exit(1);
	}
	return result;
}

static void pause_ms(long ms)
{
	struct timespec time = { ms / 1000, ms % 1000 * 1000000 };

	nanosleep(&time, NULL);
}

/* closed with RST, so that no TIME-WAIT stays */
static void tcp(void)
{
	struct sockaddr_in server = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	struct linger reset = { 1, 0 };
	socklen_t length = sizeof(server);
	int ends[2 * 100], i;

	int listener = check(socket(AF_INET, SOCK_STREAM, 0), "socket");
	check(bind(listener, (struct sockaddr *)&server, length), "bind");
	check(listen(listener, 128), "listen");
	check(getsockname(listener, (struct sockaddr *)&server, &length), "getsockname");
	for (;;) {
		for (i = 0; i < 200; i += 2) {
			ends[i] = check(socket(AF_INET, SOCK_STREAM, 0), "socket");
			check(connect(ends[i], (struct sockaddr *)&server, sizeof(server)), "connect");
			ends[i + 1] = check(accept(listener, NULL, NULL), "accept");
		}
		for (i = 0; i < 200; i++) {
			setsockopt(ends[i], SOL_SOCKET, SO_LINGER, &reset, sizeof(reset));
			close(ends[i]);
		}
		pause_ms(5);
	}
}

static void unix_pairs(void)
{
	int ends[2 * 100], i;

	for (;;) {
		for (i = 0; i < 200; i += 2)
			check(socketpair(AF_UNIX, SOCK_STREAM, 0, ends + i), "socketpair");
		for (i = 0; i < 200; i++)
			close(ends[i]);
		pause_ms(5);
	}
}

static void netlink(void)
{
	struct sockaddr_nl any = { .nl_family = AF_NETLINK };
	int *open = calloc(MANY, sizeof(*open)), i;

	for (;;) {
		for (i = 0; i < MANY; i++) {
			open[i] = check(socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE), "netlink socket");
			check(bind(open[i], (struct sockaddr *)&any, sizeof(any)), "netlink bind");
			if (i % 50 == 0)
				pause_ms(1);
		}
		for (i = 0; i < MANY; i++) {
			close(open[i]);
			if (i % 50 == 0)
				pause_ms(1);
		}
	}
}

static void burn(void)
{
	volatile unsigned long n = 0;

	for (;;)
		n++;
}

static void start(void (*work)(void), int seconds)
{
	pid_t parent = getpid();

	if (check(fork(), "fork"))
		return;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		exit(1);
	alarm(seconds);
	work();
}

int main(int argc, char **argv)
{
	struct rlimit files;
	long seconds = argc > 1 ? atol(argv[1]) : 0;
	long burners = argc > 2 ? atol(argv[2]) : sysconf(_SC_NPROCESSORS_ONLN);

	if (argc < 2 || argc > 3 || seconds < 1 || seconds > MAX_SECONDS || burners < 0 || burners > MAX_BURNERS) {
		fprintf(stderr, "usage: load SECONDS [BURNERS]\n");
		return 2;
	}
	getrlimit(RLIMIT_NOFILE, &files);
	files.rlim_cur = files.rlim_max;
	setrlimit(RLIMIT_NOFILE, &files);
	start(tcp, seconds);
	start(unix_pairs, seconds);
	start(netlink, seconds);
	while (burners-- > 0)
		start(burn, seconds);
	while (wait(NULL) > 0)
		;
	return 0;
}
