/* traffic: makes connections in this network namespace and lets a share of them talk, at random.
 *
 *   cc -O2 -o traffic traffic.c -lm
 *   ip netns exec NAME ./traffic --tcp4 10000 --active 0.1 --seed 7
 *
 * Prints a line "ready pairs=…" when all exist, and ends when stdin is closed or on SIGTERM, after four hours at most.
 * All is on loopback. TCP pairs close with RST (SO_LINGER 0), so that no TIME-WAIT is left. The choices (which pair,
 * how many bytes, how long until the next) follow from the seed; when the kernel lets them happen does not.
 *
 *   --tcp4 N --tcp6 N --unix N   stream pairs, of two sockets each
 *   --udp N                      bound UDP sockets that do nothing
 *   --active SHARE               the share of the pairs, 0 to 1, that talk: three exchanges a second each on
 *                                average, with exponential gaps; one exchange in twenty is that of any other pair
 *   --request MIN-MAX            bytes from client to server (20-620)
 *   --response MIN-MAX           bytes back (20-32000): mostly few, seldom many. One response in thirty stays
 *                                unread until the pair's next exchange
 *   --churn SHARE                the share of the TCP pairs that is closed and opened again each second, with such gaps
 *   --processes P                the pairs are spread over P processes; more if they may not open so many files
 *   --busy B                     only the first B processes talk (all)
 *   --seed S                     1 if not given
 *
 * A unix pair's exchange is one way: what is unread is read; where nothing is, a request is sent.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <math.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define EXCHANGES_A_SECOND 3.0
#define ELSEWHERE 20
#define LEFT_UNREAD 30
#define MAX_PAIRS 1000000
#define MAX_PROCESSES 1000
#define MAX_BYTES 60000
#define EVENTS_BETWEEN_LOOKS 1000
#define SECONDS_AT_MOST (4 * 3600)

enum kind { TCP4, TCP6, UNIX, KINDS };
struct pair { int client, server; enum kind kind; };
struct range { long min, max; };

static long counts[KINDS], udp, processes = 1, busy = -1, seed = 1;
static double active, churn;
static struct range request = { 20, 620 }, response = { 20, 32000 };

static long self;	/* the number of this process, and what is its own: */
static uint64_t state;
static struct pair *pairs;
static long made, tcp_made;
static int listeners[KINDS] = { -1, -1, -1 };
static char bytes[MAX_BYTES];

static int check(int result, const char *what)
{
	if (result < 0) {
		fprintf(stderr, "traffic: %s: %s\n", what, strerror(errno));
		exit(1);
	}
	return result;
}

static uint64_t next_random(void)	/* splitmix64, in the public domain */
{
	uint64_t z = state += 0x9e3779b97f4a7c15u;
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return z ^ (z >> 31);
}

static long below(long n) { return next_random() % (uint64_t)n; }

static double gap(double rate) { return -log(((next_random() >> 11) + 1) / 9007199254740993.0) / rate; }

static long bytes_of(struct range r) { return r.min + below(r.max - r.min + 1); }

/* half of the responses are of the first 64th of the range, two fifths of the first tenth */
static long response_bytes(void)
{
	long wide = response.max - response.min, kind = below(10);
	struct range r = { response.min, response.min + (kind < 5 ? wide / 64 : kind < 9 ? wide / 10 : wide) };
	return bytes_of(r);
}

union address { struct sockaddr any; struct sockaddr_in in; struct sockaddr_in6 in6; };

static socklen_t address(union address *a, enum kind kind, uint32_t ipv4)
{
	memset(a, 0, sizeof(*a));
	if (kind == TCP4) {
		a->in.sin_family = AF_INET;
		a->in.sin_addr.s_addr = htonl(ipv4);
		return sizeof(a->in);
	}
	a->in6.sin6_family = AF_INET6;
	a->in6.sin6_addr = in6addr_loopback;
	return sizeof(a->in6);
}

static int bound(enum kind kind, int type)
{
	union address a;
	socklen_t length = address(&a, kind, INADDR_LOOPBACK);
	int fd = check(socket(a.any.sa_family, type, 0), "socket");

	check(bind(fd, &a.any, length), "bind");
	return fd;
}

static struct pair tcp_pair(enum kind kind)
{
	struct linger reset = { 1, 0 };
	struct pair p = { .kind = kind };
	union address to, from;
	socklen_t length = sizeof(to);
	int one = 1;

	if (listeners[kind] < 0) {
		listeners[kind] = bound(kind, SOCK_STREAM);
		check(listen(listeners[kind], 128), "listen");
	}
	check(getsockname(listeners[kind], &to.any, &length), "getsockname");
	p.client = check(socket(to.any.sa_family, SOCK_STREAM, 0), "socket");
	if (kind == TCP4) {	/* clients of many addresses: 127.64.0.0/10 */
		check(setsockopt(p.client, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &one, sizeof(one)), "no port");
		length = address(&from, kind, 0x7f400001u | (uint32_t)below(1 << 22));
		check(bind(p.client, &from.any, length), "bind a client");
	}
	check(setsockopt(p.client, SOL_SOCKET, SO_LINGER, &reset, sizeof(reset)), "SO_LINGER");
	check(connect(p.client, &to.any, kind == TCP4 ? sizeof(to.in) : sizeof(to.in6)), "connect");
	p.server = check(accept(listeners[kind], NULL, NULL), "accept");
	check(setsockopt(p.server, SOL_SOCKET, SO_LINGER, &reset, sizeof(reset)), "SO_LINGER");
	return p;
}

static struct pair make_pair(enum kind kind)
{
	int fd[2];

	if (kind != UNIX)
		return tcp_pair(kind);
	check(socketpair(AF_UNIX, SOCK_STREAM, 0, fd), "socketpair");
	return (struct pair){ fd[0], fd[1], UNIX };
}

/* the first pairs are those that talk: of all kinds, and anywhere in the kernel's tables */
static void shuffle(void)
{
	for (long i = made - 1; i > 0; i--) {
		struct pair last = pairs[i], *other = &pairs[below(i + 1)];
		pairs[i] = *other;
		*other = last;
	}
}

static long share(long n) { return n * (self + 1) / processes - n * self / processes; }

static void make_all(void)
{
	long i, n = share(counts[TCP4]) + share(counts[TCP6]) + share(counts[UNIX]);
	int kind;

	pairs = calloc(n + 1, sizeof(*pairs));
	if (!pairs)
		check(-1, "memory");
	for (kind = TCP4; kind < KINDS; kind++) {
		for (i = share(counts[kind]); i > 0; i--)
			pairs[made++] = make_pair(kind);
		if (kind == TCP6)
			tcp_made = made;
	}
	for (i = share(udp); i > 0; i--)
		bound(TCP4, SOCK_DGRAM);
	shuffle();
}

static int drain(int fd)	/* returns whether something was unread */
{
	static char sink[1 << 16];
	int some = 0;

	while (recv(fd, sink, sizeof(sink), MSG_DONTWAIT) > 0)
		some = 1;
	return some;
}

/* what does not fit the peer's buffer is not sent: nobody waits here */
static void say(int fd, long n) { (void)!send(fd, bytes, n, MSG_DONTWAIT | MSG_NOSIGNAL); }

static void exchange(struct pair *p)
{
	int unread = drain(p->server);

	if (p->kind == UNIX) {
		if (!unread)
			say(p->client, bytes_of(request));
		return;
	}
	drain(p->client);
	say(p->client, bytes_of(request));
	drain(p->server);
	say(p->server, response_bytes());
	if (below(LEFT_UNREAD))
		drain(p->client);
}

/* at least one is TCP */
static void reopen_one(void)
{
	struct pair *p;

	do
		p = &pairs[below(made)];
	while (p->kind == UNIX);
	close(p->client);
	close(p->server);
	*p = make_pair(p->kind);
}

static double seconds(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec + t.tv_nsec / 1e9;
}

/* a chain of events with exponential gaps; a rate of 0 never happens */
struct chain { double rate, next; };

static struct chain begin(double rate, double now)
{
	return (struct chain){ rate, rate > 0 ? now + gap(rate) : INFINITY };
}

static int is_due(struct chain *c, double now)
{
	if (c->next > now)
		return 0;
	c->next += gap(c->rate);
	if (c->next < now - 1)	/* more than this machine can do: a second's worth is left out */
		c->next = now;
	return 1;
}

static void talk(int life)
{
	struct pollfd parent = { .fd = life, .events = POLLIN };
	double now = seconds(), end = now + SECONDS_AT_MOST, first;
	long talkers = self < busy ? lround(made * active) : 0, n;
	struct chain exchanges = begin(talkers * EXCHANGES_A_SECOND, now), reopens = begin(tcp_made * churn, now);

	while (now < end) {
		for (n = 0; n < EVENTS_BETWEEN_LOOKS && is_due(&exchanges, now); n++)
			exchange(&pairs[below(ELSEWHERE) ? below(talkers) : below(made)]);
		for (n = 0; n < EVENTS_BETWEEN_LOOKS && is_due(&reopens, now); n++)
			reopen_one();
		now = seconds();
		first = fmin(fmin(exchanges.next, reopens.next), end);
		if (poll(&parent, 1, first <= now ? 0 : (int)fmin(ceil((first - now) * 1e3), 1000)) != 0)
			return;
	}
}

/* life: a pipe whose other end only the parent holds; it reads end-of-file when the parent ends */
static void work(int ready, int life)
{
	state = (uint64_t)seed * 1000003u + self;
	make_all();
	if (write(ready, "r", 1) == 1)
		talk(life);
	_exit(0);
}

static void wrong(const char *name)
{
	fprintf(stderr, "traffic: --%s is wrong, see the head of its source\n", name);
	exit(2);
}

static long number(const char *name, const char *text, long max)
{
	char *end;
	long n = strtol(text, &end, 10);

	return end == text || *end || n < 0 || n > max ? (wrong(name), 0) : n;
}

static double part(const char *name, const char *text)
{
	char *end;
	double n = strtod(text, &end);

	return end == text || *end || !(n >= 0 && n <= 1) ? (wrong(name), 0) : n;
}

static struct range span(const char *name, const char *text)
{
	struct range r;
	char after;
	if (sscanf(text, "%ld-%ld%c", &r.min, &r.max, &after) != 2 || r.min < 1 || r.max < r.min || r.max > MAX_BYTES)
		wrong(name);
	return r;
}

static void read_options(int argc, char **argv)
{
	static const struct option all[] = {
		{ "tcp4", 1, NULL, '4' }, { "tcp6", 1, NULL, '6' }, { "unix", 1, NULL, 'x' }, { "udp", 1, NULL, 'u' },
		{ "active", 1, NULL, 'a' }, { "request", 1, NULL, 'q' }, { "response", 1, NULL, 'r' },
		{ "churn", 1, NULL, 'c' }, { "processes", 1, NULL, 'p' }, { "busy", 1, NULL, 'b' },
		{ "seed", 1, NULL, 's' }, { 0 },
	};
	int c, at;

	while ((c = getopt_long(argc, argv, "", all, &at)) != -1)
		switch (c) {
		case '4': counts[TCP4] = number(all[at].name, optarg, MAX_PAIRS); break;
		case '6': counts[TCP6] = number(all[at].name, optarg, MAX_PAIRS); break;
		case 'x': counts[UNIX] = number(all[at].name, optarg, MAX_PAIRS); break;
		case 'u': udp = number(all[at].name, optarg, MAX_PAIRS); break;
		case 'a': active = part(all[at].name, optarg); break;
		case 'q': request = span(all[at].name, optarg); break;
		case 'r': response = span(all[at].name, optarg); break;
		case 'c': churn = part(all[at].name, optarg); break;
		case 'p': processes = number(all[at].name, optarg, MAX_PROCESSES); break;
		case 'b': busy = number(all[at].name, optarg, MAX_PROCESSES); break;
		case 's': seed = number(all[at].name, optarg, INT32_MAX); break;
		default: exit(2);
		}
	if (optind < argc || !processes)
		wrong(optind < argc ? argv[optind] : "processes");
}

static void plan_processes(void)
{
	long need = 2 * (counts[TCP4] + counts[TCP6] + counts[UNIX]) + udp, each;
	struct rlimit limit;

	getrlimit(RLIMIT_NOFILE, &limit);
	limit.rlim_cur = limit.rlim_max;
	setrlimit(RLIMIT_NOFILE, &limit);
	each = limit.rlim_cur > 1000000 ? 1000000 : (long)limit.rlim_cur - 100;
	if (each < 10 || need / each + 1 > MAX_PROCESSES)
		wrong("processes");
	processes = processes < need / each + 1 ? need / each + 1 : processes;
	busy = busy < 0 ? processes : busy;
}

static void hold(int ready)
{
	struct pollfd in = { .fd = 0, .events = POLLIN };
	double end = seconds() + SECONDS_AT_MOST;
	char b[256];
	long i;

	for (i = 0; i < processes; i++)
		if (read(ready, b, 1) != 1)	/* it has said why */
			return;
	printf("ready pairs=%ld udp=%ld processes=%ld\n", counts[TCP4] + counts[TCP6] + counts[UNIX], udp, processes);
	fflush(stdout);
	while (seconds() < end && (poll(&in, 1, 1000) <= 0 || read(0, b, sizeof(b)) > 0)) {}
}

int main(int argc, char **argv)
{
	int ready[2], life[2], port_range;

	read_options(argc, argv);
	plan_processes();
	port_range = open("/proc/sys/net/ipv4/ip_local_port_range", O_WRONLY);
	if (port_range < 0 || write(port_range, "6000 65535", 10) < 0)
		fprintf(stderr, "traffic: the port range is as it was\n");
	check(pipe(ready), "pipe");
	check(pipe(life), "pipe");
	for (self = 0; self < processes; self++)
		if (check(fork(), "fork") == 0) {
			close(ready[0]);
			close(life[1]);
			work(ready[1], life[0]);
		}
	close(ready[1]);
	close(life[0]);
	hold(ready[0]);
	close(life[1]);
	while (wait(NULL) > 0)
		;
	return 0;
}
