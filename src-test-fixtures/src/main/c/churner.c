/* churner: opens and closes socket pairs as fast as possible and keeps others open.
 *
 *   cc -O2 -o churner churner.c
 *   ip netns exec NAME ./churner unix|tcp STABLE MOVING
 *
 * Prints the cookie of each socket that stays open, one per line, then "ready". Closes and opens the moving pairs, one
 * after another, until stdin is closed, for ten minutes at most. TCP pairs are on loopback and close with RST, so that no
 * TIME-WAIT is left.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#ifndef SO_COOKIE
#define SO_COOKIE 57
#endif
#define PAIRS_BETWEEN_LOOKS 64
#define SECONDS_AT_MOST 600

struct pair { int a, b; };

static int listener = -1;
static struct sockaddr_in server = { .sin_family = AF_INET };

static int check(int result, const char *what)
{
	if (result < 0) {
		fprintf(stderr, "churner: %s: %s\n", what, strerror(errno));
		exit(1);
	}
	return result;
}

static void listen_on_loopback(void)
{
	socklen_t length = sizeof(server);

	server.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	listener = check(socket(AF_INET, SOCK_STREAM, 0), "socket");
	check(bind(listener, (struct sockaddr *)&server, length), "bind");
	check(listen(listener, 64), "listen");
	check(getsockname(listener, (struct sockaddr *)&server, &length), "getsockname");
}

static struct pair tcp_pair(void)
{
	struct linger reset = { 1, 0 };
	struct pair p = { .a = check(socket(AF_INET, SOCK_STREAM, 0), "socket") };

	check(connect(p.a, (struct sockaddr *)&server, sizeof(server)), "connect");
	p.b = check(accept(listener, NULL, NULL), "accept");
	check(setsockopt(p.a, SOL_SOCKET, SO_LINGER, &reset, sizeof(reset)), "SO_LINGER");
	check(setsockopt(p.b, SOL_SOCKET, SO_LINGER, &reset, sizeof(reset)), "SO_LINGER");
	return p;
}

static struct pair unix_pair(void)
{
	int fd[2];

	check(socketpair(AF_UNIX, SOCK_STREAM, 0, fd), "socketpair");
	return (struct pair){ fd[0], fd[1] };
}

static struct pair make(void) { return listener < 0 ? unix_pair() : tcp_pair(); }

static void tell_cookie(int fd)
{
	uint64_t cookie;
	socklen_t length = sizeof(cookie);

	check(getsockopt(fd, SOL_SOCKET, SO_COOKIE, &cookie, &length), "SO_COOKIE");
	printf("%llu\n", (unsigned long long)cookie);
}

int main(int argc, char **argv)
{
	struct rlimit files;
	struct pollfd parent = { .fd = 0, .events = POLLIN };
	struct pair *pairs;
	time_t end = time(NULL) + SECONDS_AT_MOST;
	long stable, moving, i, at = 0;

	if (argc != 4) {
		fprintf(stderr, "usage: churner unix|tcp STABLE MOVING\n");
		return 2;
	}
	stable = atol(argv[2]);
	moving = atol(argv[3]);
	getrlimit(RLIMIT_NOFILE, &files);
	files.rlim_cur = files.rlim_max;
	setrlimit(RLIMIT_NOFILE, &files);
	if (!strcmp(argv[1], "tcp"))
		listen_on_loopback();
	pairs = calloc(stable + moving, sizeof(*pairs));
	if (!pairs || moving < 1)
		return 2;
	for (i = 0; i < stable + moving; i++) {		/* mixed, so that both kinds share buckets */
		pairs[i] = make();
		if (i < stable) {
			tell_cookie(pairs[i].a);
			tell_cookie(pairs[i].b);
		}
	}
	puts("ready");
	fflush(stdout);
	while (poll(&parent, 1, 0) == 0 && time(NULL) < end) {
		for (i = 0; i < PAIRS_BETWEEN_LOOKS; i++) {
			struct pair *p = &pairs[stable + at++ % moving];
			close(p->a);
			close(p->b);
			*p = make();
		}
	}
	return 0;
}
