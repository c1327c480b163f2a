/* readers: tcp connections on loopback whose receiving ends behave in known ways.
 *
 *   cc -O2 -o readers readers.c
 *   ip netns exec NAME ./readers
 *
 * Prints "ROLE PORT" for the port of each role's sending end, then "ready". When stdin has a byte, fin's sender shuts
 * down and reset's sender resets; the others continue until stdin is closed, for ten minutes at most. Then it prints the
 * longest time, in milliseconds, that busy did not read because other processes had the CPU. The receiving ends by role:
 *
 *   stuck   100 bytes before the first dump; never reads
 *   fed     never reads, while small pieces arrive all the time, until the window is closed
 *   peek    as fed, but looks at its data with MSG_PEEK
 *   busy    reads 500 bytes as soon as 500 arrive, and always leaves 9
 *   fin     as stuck, with 9 bytes; then a FIN arrives
 *   reset   as stuck, with 9 bytes; then a RST arrives
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define SECONDS_AT_MOST 600
#define LEFT 9
#define PIECE 500
#define PIECES 40		/* per millisecond, so that some arrive between the kernel's two readings of a socket */
#define ROOM (64 << 20)

enum role { STUCK, FED, PEEK, BUSY, FIN, RESET, ROLES };
static const char *const names[ROLES] = { "stuck", "fed", "peek", "busy", "fin", "reset" };

struct pair { int sender, reader; };

static int check(long result, const char *what)
{
	if (result < 0) {
		fprintf(stderr, "readers: %s: %s\n", what, strerror(errno));
		exit(1);
	}
	return (int)result;
}

static double seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec + t.tv_nsec / 1e9;
}

static struct pair connected(int listener, const struct sockaddr_in *to)
{
	struct pair p = { .sender = check(socket(AF_INET, SOCK_STREAM, 0), "socket") };
	int one = 1, room = ROOM;

	check(connect(p.sender, (const struct sockaddr *)to, sizeof(*to)), "connect");
	p.reader = check(accept(listener, NULL, NULL), "accept");
	check(setsockopt(p.sender, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one)), "TCP_NODELAY");
	check(setsockopt(p.reader, SOL_SOCKET, SO_RCVBUFFORCE, &room, sizeof(room)), "SO_RCVBUFFORCE");
	return p;
}

static void put(int fd, size_t bytes)
{
	static char zeros[4096];

	check(send(fd, zeros, bytes, MSG_DONTWAIT | MSG_NOSIGNAL) < 0 && errno != EAGAIN ? -1 : 0, "send");
}

static void take(int fd, size_t bytes)
{
	char some[4096];

	check(recv(fd, some, bytes, MSG_WAITALL), "recv");
}

static void half_time(struct pair *pairs)
{
	struct linger reset = { 1, 0 };

	check(shutdown(pairs[FIN].sender, SHUT_WR), "shutdown");
	check(setsockopt(pairs[RESET].sender, SOL_SOCKET, SO_LINGER, &reset, sizeof(reset)), "SO_LINGER");
	close(pairs[RESET].sender);
}

int main(void)
{
	struct sockaddr_in to = { .sin_family = AF_INET, .sin_addr = { htonl(INADDR_LOOPBACK) } };
	struct pollfd parent = { .fd = 0, .events = POLLIN };
	struct pair pairs[ROLES];
	socklen_t length = sizeof(to);
	double begin = seconds(), last, now, longest = 0;
	char looked[4096], turn;
	int listener = check(socket(AF_INET, SOCK_STREAM, 0), "socket"), r;

	check(bind(listener, (struct sockaddr *)&to, sizeof(to)), "bind");
	check(listen(listener, ROLES), "listen");
	check(getsockname(listener, (struct sockaddr *)&to, &length), "getsockname");
	for (r = 0; r < ROLES; r++) {
		struct sockaddr_in own;

		pairs[r] = connected(listener, &to);
		length = sizeof(own);
		check(getsockname(pairs[r].sender, (struct sockaddr *)&own, &length), "getsockname");
		printf("%s %d\n", names[r], ntohs(own.sin_port));
		put(pairs[r].sender, r == STUCK ? 100 : LEFT);
	}
	puts("ready");
	fflush(stdout);
	last = seconds();
	while (seconds() - begin < SECONDS_AT_MOST) {
		if (poll(&parent, 1, 1) > 0) {
			if (read(0, &turn, 1) != 1)
				break;
			half_time(pairs);
		}
		for (r = 0; r < PIECES; r++) {
			put(pairs[FED].sender, 7);
			put(pairs[PEEK].sender, 7);
		}
		check(recv(pairs[PEEK].reader, looked, sizeof(looked), MSG_PEEK), "peek");
		put(pairs[BUSY].sender, PIECE);
		take(pairs[BUSY].reader, PIECE);
		now = seconds();
		longest = now - last > longest ? now - last : longest;
		last = now;
	}
	printf("%.0f\n", longest * 1e3);
	return 0;
}
