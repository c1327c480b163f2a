/* socketmaker: opens sockets of chosen kinds in this network namespace and holds them.
 *
 *   cc -O2 -o socketmaker socketmaker.c
 *   ip netns exec NAME ./socketmaker --tcp 50000 --stuck-tcp 100 --flow 500
 *
 * Prints one line "ready pid=… sockets=…" when all exist, and ends when stdin is closed or on SIGTERM. Run it
 * as root in a namespace of its own: it brings lo up, widens the port range and raises somaxconn there. It
 * forks as many workers as the descriptor limit requires. TCP pairs close with RST (SO_LINGER 0), so that no
 * TIME-WAIT is left. All traffic is on loopback.
 *
 * Kinds (N of each; every end or socket counts as one):
 *   --tcp --tcp6        established pairs (the listener of every 8192 pairs is kept)
 *   --mapped            IPv4 client, IPv6 server end ::ffff:127.0.0.1, and its dual-stack listener
 *   --md5               listener and pair with a TCP_MD5SIG key (--md5-key TEXT)
 *   --listen --v6only   TCP listeners; those on [::] with IPV6_V6ONLY
 *   --full              TCP listeners with backlog 4 and 5 connections that nobody accepts; --excess E (2)
 *                       more clients each, which stay SYN-SENT
 *   --unix --unix-dgram --unix-seq     socketpairs
 *   --unix-listen --unix-path --odd    unix listeners: abstract; with a path in --dir DIR (/tmp); abstract with
 *                       NUL, newline, 0xff, tab, space in the name. The first two get --pending P (3)
 *                       connections with a backlog of P - 1, so that they are full
 *   --udp --udp6        bound UDP sockets
 *   --drops             UDP sockets whose small buffer overflowed
 *   --raw --packet --netlink           (every second netlink socket joins a group)
 *   --marked            a UDP socket with SO_MARK 16, 17, 18 or 19, and a packet socket for AARP, both bound to lo
 * Unread data:
 *   --stuck-tcp K --stuck-unix K --stuck-udp K   the first K of --tcp (without --tcp: --tcp6), of --unix,
 *                       --unix-dgram and --unix-seq, of --udp have unread bytes: --bytes B (4096); udp: four
 *                       datagrams of 512
 * Change:
 *   --flow M            the last M --tcp pairs carry traffic every --tick ms (100), which is read at once
 *   --churn R           R --tcp pairs per second, from the middle, are closed and opened again
 * Other:
 *   --mixed             about 1,000 sockets of all kinds, none of which changes
 *   --truth FILE        a JSON line for each socket with a descriptor, except those that change
 *   --perdest N         pairs per server port (8192); --fds N: descriptors per worker
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <linux/netlink.h>
#include <net/if.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#ifndef IP_BIND_ADDRESS_NO_PORT
#define IP_BIND_ADDRESS_NO_PORT 24
#endif
#ifndef SO_COOKIE
#define SO_COOKIE 57
#endif
#define PORT_OF_FIRST_WORKER 600
#define PORTS_A_WORKER 8
#define BACKLOG_OF_FULL 4

struct pair { int client, server; };

static volatile sig_atomic_t stop;
static long stuck_tcp, stuck_unix, stuck_udp, bytes_each = 4096, flow, tick_ms = 100, churn, per_port = 8192,
	    pending = 3, excess = 2, fds_a_worker;
static int mixed, worker, workers = 1, truth_fd = -1;
static const char *md5_key = "sockreel-md5-key", *path_dir = "/tmp", *truth_file;
static struct pair *tcp_pairs;
static long tcp_made;
static int listeners4[PORTS_A_WORKER], listeners6[PORTS_A_WORKER];
static char filler[65536];

static void on_signal(int number) { (void)number; stop = 1; }

static void die(const char *what)
{
	fprintf(stderr, "socketmaker: %s: %s\n", what, strerror(errno));
	exit(1);
}

static int check(int result, const char *what)
{
	if (result < 0)
		die(what);
	return result;
}

static double seconds(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec + t.tv_nsec / 1e9;
}

/* ---- addresses ---- */

union address {
	struct sockaddr any;
	struct sockaddr_in in;
	struct sockaddr_in6 in6;
	struct sockaddr_un un;
	struct sockaddr_nl nl;
};

static socklen_t inet_address(union address *a, int family, uint32_t ipv4, int port)
{
	memset(a, 0, sizeof(*a));
	a->any.sa_family = family;
	if (family == AF_INET) {
		a->in.sin_addr.s_addr = htonl(ipv4);
		a->in.sin_port = htons(port);
		return sizeof(a->in);
	}
	a->in6.sin6_port = htons(port);
	if (ipv4)
		a->in6.sin6_addr = in6addr_loopback;
	return sizeof(a->in6);
}

static socklen_t unix_address(union address *a, const char *name, size_t length)
{
	memset(a, 0, sizeof(*a));
	a->un.sun_family = AF_UNIX;
	memcpy(a->un.sun_path, name, length);
	return offsetof(struct sockaddr_un, sun_path) + length;
}

/* IPv4 clients are spread over 127/8, 16 pairs per address, never 127.0.0.1 */
static uint32_t client_ip(long i)
{
	return 0x7f400001u | ((uint32_t)(i / 16) * 2654435761u >> 8 & 0x3fffff);
}

/* ---- truth: values from this program's bookkeeping and the socket's system calls ---- */

struct text { char b[2048]; size_t n; };

static void add(struct text *t, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	t->n += vsnprintf(t->b + t->n, sizeof(t->b) - t->n, format, args);
	va_end(args);
}

static void add_address(struct text *t, const char *name, const union address *a, socklen_t length)
{
	char ip[INET6_ADDRSTRLEN];
	size_t i, n = length > offsetof(struct sockaddr_un, sun_path) ? length - offsetof(struct sockaddr_un, sun_path) : 0;

	if (a->any.sa_family == AF_INET)
		add(t, ",\"%s\":\"%s:%d\"", name, inet_ntop(AF_INET, &a->in.sin_addr, ip, sizeof(ip)),
		    ntohs(a->in.sin_port));
	else if (a->any.sa_family == AF_INET6)
		add(t, ",\"%s\":\"[%s]:%d\"", name, inet_ntop(AF_INET6, &a->in6.sin6_addr, ip, sizeof(ip)),
		    ntohs(a->in6.sin6_port));
	else if (a->any.sa_family == AF_UNIX && n) {
		add(t, ",\"%s_hex\":\"", name);
		for (i = 0; i < n; i++)
			add(t, "%02x", (unsigned char)a->un.sun_path[i]);
		add(t, "\"");
	}
}

static void add_option(struct text *t, const char *name, int fd, int option)
{
	int value;
	socklen_t length = sizeof(value);
	if (getsockopt(fd, SOL_SOCKET, option, &value, &length) == 0)
		add(t, ",\"%s\":%d", name, value);
}

/* unread, backlog, waiting: -1 omits the field. peer: its descriptor or -1 */
static void truth(const char *kind, int fd, const char *state, long unread, long backlog, long waiting, int peer)
{
	struct text t = { .n = 0 };
	unsigned long long cookie;
	socklen_t length = sizeof(cookie);
	union address a;
	struct stat st;
	int first;

	if (truth_fd < 0)
		return;
	check(fstat(fd, &st), "fstat");
	add(&t, "{\"kind\":\"%s\",\"pid\":%d,\"fd\":%d,\"inode\":%llu", kind, getpid(), fd, (unsigned long long)st.st_ino);
	if (getsockopt(fd, SOL_SOCKET, SO_COOKIE, &cookie, &length) == 0)
		add(&t, ",\"cookie\":%llu", cookie);
	add_option(&t, "domain", fd, SO_DOMAIN);
	add_option(&t, "type", fd, SO_TYPE);
	add_option(&t, "protocol", fd, SO_PROTOCOL);
	add(&t, ",\"state\":\"%s\"", state);
	length = sizeof(a);
	if (getsockname(fd, &a.any, &length) == 0)
		add_address(&t, "local", &a, length);
	length = sizeof(a);
	if (getpeername(fd, &a.any, &length) == 0)
		add_address(&t, "remote", &a, length);
	if (strcmp(state, "LISTEN") && ioctl(fd, FIONREAD, &first) == 0)
		add(&t, ",\"fionread\":%d", first);
	if (unread >= 0)
		add(&t, ",\"unread\":%ld", unread);
	if (backlog >= 0)
		add(&t, ",\"backlog\":%ld", backlog);
	if (waiting >= 0)
		add(&t, ",\"pending\":%ld", waiting);
	if (peer >= 0 && fstat(peer, &st) == 0)
		add(&t, ",\"peer_inode\":%llu", (unsigned long long)st.st_ino);
	add(&t, "}\n");
	if (write(truth_fd, t.b, t.n) != (ssize_t)t.n)	/* O_APPEND: workers' lines do not mix */
		die("truth file");
}

static long unread_bytes(int fd)
{
	int n = 0;
	check(ioctl(fd, FIONREAD, &n), "FIONREAD");
	return n;
}

static void truth_of_pair(const char *kind, struct pair p)
{
	truth(kind, p.client, "ESTAB", unread_bytes(p.client), -1, -1, p.server);
	truth(kind, p.server, "ESTAB", unread_bytes(p.server), -1, -1, p.client);
}

static void fill(int fd, long bytes)
{
	while (bytes > 0) {
		ssize_t n = send(fd, filler, bytes < (long)sizeof(filler) ? (size_t)bytes : sizeof(filler), MSG_DONTWAIT);
		if (n <= 0)
			return;
		bytes -= n;
	}
}

/* sent data takes a moment to arrive, even on loopback: waits until all has arrived or no more comes */
static void await_bytes(int fd, long bytes)
{
	long before = -1, now;
	int still = 0;

	while ((now = unread_bytes(fd)) < bytes && still < 50) {
		still = now == before ? still + 1 : 0;
		before = now;
		usleep(1000);
	}
}

/* ---- TCP ---- */

static int listener(int family, uint32_t ip, int port, int backlog, int v6only)
{
	union address a;
	socklen_t length = inet_address(&a, family, ip, port);
	int one = 1, fd = check(socket(family, SOCK_STREAM, 0), "socket");

	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
	if (family == AF_INET6)
		setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &v6only, sizeof(v6only));
	check(bind(fd, &a.any, length), "bind a listener");
	check(listen(fd, backlog), "listen");
	return fd;
}

static int port_of(int fd)
{
	union address a;
	socklen_t length = sizeof(a);
	check(getsockname(fd, &a.any, &length), "getsockname");
	return ntohs(a.any.sa_family == AF_INET ? a.in.sin_port : a.in6.sin6_port);
}

static void close_with_rst(int fd)
{
	struct linger l = { 1, 0 };
	setsockopt(fd, SOL_SOCKET, SO_LINGER, &l, sizeof(l));
}

static struct pair connect_pair(int client, int listening, const union address *to, socklen_t length)
{
	struct pair p = { client, -1 };
	close_with_rst(client);
	check(connect(client, &to->any, length), "connect");
	p.server = check(accept(listening, NULL, NULL), "accept");
	close_with_rst(p.server);
	return p;
}

static struct pair tcp_pair(int family, long i, long slot)
{
	int *known = family == AF_INET ? listeners4 : listeners6, one = 1;
	int which = slot / per_port % PORTS_A_WORKER, port = PORT_OF_FIRST_WORKER + worker * PORTS_A_WORKER + which;
	int fd = check(socket(family, SOCK_STREAM, 0), "client socket");
	union address from, to;
	socklen_t length = inet_address(&to, family, 0x7f010001 + port, port);

	if (known[which] < 0) {
		known[which] = listener(family, 0, port, 1024, 1);
		truth(family == AF_INET ? "tcp.listener" : "tcp6.listener", known[which], "LISTEN", -1, 1024, 0, -1);
	}
	if (family == AF_INET) {
		setsockopt(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &one, sizeof(one));
		inet_address(&from, family, client_ip(i), 0);
		check(bind(fd, &from.any, length), "bind a client");
	}
	return connect_pair(fd, known[which], &to, length);
}

static long share_from(long n) { return n * worker / workers; }
static long share_of(long n) { return n * (worker + 1) / workers - share_from(n); }
static long count_of(const char *option);

static void make_tcp(long i)
{
	struct pair p = tcp_pair(AF_INET, i, tcp_made);
	long mine = share_of(count_of("tcp")), k = tcp_made++;
	int moves = k >= mine - share_of(flow) || (churn && k >= mine / 2 && k < mine / 2 + mine / 4);

	tcp_pairs[k] = p;
	if (i < stuck_tcp) {
		fill(p.client, bytes_each);
		await_bytes(p.server, bytes_each);
	}
	if (!moves)
		truth_of_pair("tcp", p);
}

static void make_tcp6(long i)
{
	struct pair p = tcp_pair(AF_INET6, i, i - share_from(count_of("tcp6")));
	if (i < stuck_tcp && !count_of("tcp")) {
		fill(p.client, bytes_each);
		await_bytes(p.server, bytes_each);
	}
	truth_of_pair("tcp6", p);
}

static void make_mapped(long i)
{
	int l = listener(AF_INET6, 0, 0, 16, 0);
	union address to;
	socklen_t length = inet_address(&to, AF_INET, INADDR_LOOPBACK, port_of(l));

	(void)i;
	truth("mapped.listener", l, "LISTEN", -1, 16, 0, -1);
	truth_of_pair("mapped", connect_pair(check(socket(AF_INET, SOCK_STREAM, 0), "socket"), l, &to, length));
}

static int sign(int fd)
{
	struct tcp_md5sig key = { .tcpm_keylen = strlen(md5_key) };
	union address a;
	inet_address(&a, AF_INET, INADDR_LOOPBACK, 0);
	memcpy(&key.tcpm_addr, &a.in, sizeof(a.in));
	memcpy(key.tcpm_key, md5_key, key.tcpm_keylen);
	return setsockopt(fd, IPPROTO_TCP, TCP_MD5SIG, &key, sizeof(key));
}

static void make_md5(long i)
{
	int l = listener(AF_INET, INADDR_LOOPBACK, 0, 8, 0), fd = check(socket(AF_INET, SOCK_STREAM, 0), "socket");
	union address to;
	socklen_t length = inet_address(&to, AF_INET, INADDR_LOOPBACK, port_of(l));

	(void)i;
	check(sign(l), "TCP_MD5SIG");
	check(sign(fd), "TCP_MD5SIG");
	truth("md5.listener", l, "LISTEN", -1, 8, 0, -1);
	truth_of_pair("md5", connect_pair(fd, l, &to, length));
}

static void make_listen(long i)
{
	(void)i;
	truth("listen", listener(AF_INET, INADDR_LOOPBACK, 0, 128, 0), "LISTEN", -1, 128, 0, -1);
}

static void make_v6only(long i)
{
	(void)i;
	truth("v6only", listener(AF_INET6, 0, 0, 64, 1), "LISTEN", -1, 64, 0, -1);
}

static void make_full(long i)
{
	uint32_t ip = 0x7f200001 + i;
	int l = listener(AF_INET, ip, 0, BACKLOG_OF_FULL, 0), k, fd;
	union address to;
	socklen_t length = inet_address(&to, AF_INET, ip, port_of(l));

	for (k = 0; k < BACKLOG_OF_FULL + 1 + excess; k++) {	/* the kernel queues backlog + 1 */
		fd = check(socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), "socket");
		close_with_rst(fd);
		if (connect(fd, &to.any, length) && errno != EINPROGRESS)
			die("connect to a full listener");
		truth("full.client", fd, k <= BACKLOG_OF_FULL ? "ESTAB" : "SYN-SENT", 0, -1, -1, -1);
	}
	truth("full", l, "LISTEN", -1, BACKLOG_OF_FULL, BACKLOG_OF_FULL + 1, -1);
}

/* ---- unix ---- */

static void unix_pair(const char *kind, int type, long i)
{
	int fd[2];
	long unread = 0;

	check(socketpair(AF_UNIX, type, 0, fd), "socketpair");
	if (i < stuck_unix && type == SOCK_STREAM)
		fill(fd[0], bytes_each);
	else if (i < stuck_unix)
		for (; unread < 3 * 100; unread += 100)		/* three records or datagrams */
			check(send(fd[0], filler, 100, 0), "send");
	truth(kind, fd[0], "ESTAB", 0, -1, -1, fd[1]);
	truth(kind, fd[1], "ESTAB", type == SOCK_STREAM ? unread_bytes(fd[1]) : unread, -1, -1, fd[0]);
}

static void make_unix(long i) { unix_pair("unix", SOCK_STREAM, i); }
static void make_unix_dgram(long i) { unix_pair("unix-dgram", SOCK_DGRAM, i); }
static void make_unix_seq(long i) { unix_pair("unix-seq", SOCK_SEQPACKET, i); }

static void unix_listener(const char *kind, const char *name, size_t name_length, long connects)
{
	union address a;
	socklen_t length = unix_address(&a, name, name_length);
	int l = check(socket(AF_UNIX, SOCK_STREAM, 0), "socket"), k, fd;
	long backlog = connects ? connects - 1 : 5, waiting = 0;

	check(bind(l, &a.any, length), "bind a unix listener");
	check(listen(l, backlog), "listen");
	for (k = 0; k < connects; k++) {
		fd = check(socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0), "socket");
		if (connect(fd, &a.any, length) == 0)
			waiting++;
		else if (errno != EAGAIN)
			die("connect to a unix listener");
		truth("unix.waiting-client", fd, "ESTAB", 0, -1, -1, -1);
	}
	truth(kind, l, "LISTEN", -1, backlog, waiting, -1);
}

static void make_unix_listen(long i)
{
	char name[100] = { 0 };
	int n = snprintf(name + 1, sizeof(name) - 1, "socketmaker/%d/%ld", getpid(), i);
	unix_listener("unix-listen", name, 1 + n, pending);
}

static void path_name(char *name, size_t size, long i)
{
	if (snprintf(name, size, "%s/socketmaker-%d-%ld.sock", path_dir, getpid(), i) >= (int)size) {
		errno = ENAMETOOLONG;
		die(path_dir);
	}
}

static void make_unix_path(long i)
{
	char name[108];
	path_name(name, sizeof(name), i);
	unlink(name);
	unix_listener("unix-path", name, strlen(name) + 1, pending);
}

static void make_odd(long i)
{
	static const char odd[] = "\0odd\0in\nside\xff\t\x01 \"\\end";
	char name[100];
	int n = sizeof(odd) - 1;

	memcpy(name, odd, n);
	n += snprintf(name + n, sizeof(name) - n, "%d/%ld", getpid(), i);
	unix_listener("odd", name, n, 0);
}

/* ---- other kinds ---- */

static void udp_socket(const char *kind, int family, uint32_t ip, long datagrams, int buffer)
{
	union address a;
	socklen_t length = inet_address(&a, family, ip, 0);
	int fd = check(socket(family, SOCK_DGRAM, 0), "socket");
	long k, sent = 0;

	if (buffer)
		setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &buffer, sizeof(buffer));
	check(bind(fd, &a.any, length), "bind udp");
	check(getsockname(fd, &a.any, &length), "getsockname");
	for (k = 0; k < datagrams; k++)
		if (sendto(fd, filler, 512, MSG_DONTWAIT, &a.any, length) == 512)
			sent++;
	truth(kind, fd, "UNCONN", buffer ? -1 : 512 * sent, -1, -1, -1);
}

static void make_udp(long i) { udp_socket("udp", AF_INET, 0x7f300001 + i / 20000, i < stuck_udp ? 4 : 0, 0); }
static void make_udp6(long i) { (void)i; udp_socket("udp6", AF_INET6, 1, 0, 0); }
static void make_drops(long i) { udp_socket("drops", AF_INET, 0x7f310001 + i, 50, 2304); }

static void make_raw(long i)
{
	(void)i;	/* 253 is reserved for experiments; nothing on loopback uses it */
	truth("raw", check(socket(AF_INET, SOCK_RAW, 253), "raw socket"), "UNCONN", 0, -1, -1, -1);
}

static void make_packet(long i)
{
	(void)i;	/* protocol 0: the socket is listed and receives nothing */
	truth("packet", check(socket(AF_PACKET, SOCK_RAW, 0), "packet socket"), "UNCONN", 0, -1, -1, -1);
}

static void make_netlink(long i)
{
	union address a;
	int fd = check(socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE), "netlink socket");

	memset(&a, 0, sizeof(a));
	a.nl.nl_family = AF_NETLINK;
	a.nl.nl_groups = i % 2;		/* RTMGRP_LINK */
	check(bind(fd, &a.any, sizeof(a.nl)), "bind netlink");
	truth("netlink", fd, "UNCONN", 0, -1, -1, -1);
}

static void make_marked(long i)
{
	union address a;
	socklen_t length = inet_address(&a, AF_INET, 0x7f320001 + i, 0);
	int mark = 16 + i % 4, fd = check(socket(AF_INET, SOCK_DGRAM, 0), "socket");
	struct sockaddr_ll ll = { .sll_family = AF_PACKET, .sll_protocol = htons(ETH_P_AARP), .sll_ifindex = if_nametoindex("lo") };

	check(setsockopt(fd, SOL_SOCKET, SO_MARK, &mark, sizeof(mark)), "SO_MARK");
	check(setsockopt(fd, SOL_SOCKET, SO_BINDTODEVICE, "lo", 3), "SO_BINDTODEVICE");
	check(bind(fd, &a.any, length), "bind udp");
	truth("marked", fd, "UNCONN", 0, -1, -1, -1);
	fd = check(socket(AF_PACKET, SOCK_RAW, 0), "packet socket");
	check(bind(fd, (struct sockaddr *)&ll, sizeof(ll)), "bind packet");
	truth("packet", fd, "UNCONN", 0, -1, -1, -1);
}

/* the kinds: option, count, count with --mixed, descriptors of one, function */
static struct kind { const char *option; long count, mixed; int fds; void (*make)(long i); } kinds[] = {
	{ "tcp", 0, 120, 2, make_tcp }, { "tcp6", 0, 60, 2, make_tcp6 }, { "mapped", 0, 10, 3, make_mapped },
	{ "md5", 0, 0, 3, make_md5 }, { "listen", 0, 30, 1, make_listen }, { "v6only", 0, 5, 1, make_v6only },
	{ "full", 0, 4, 12, make_full }, { "unix", 0, 120, 2, make_unix },
	{ "unix-dgram", 0, 20, 2, make_unix_dgram }, { "unix-seq", 0, 20, 2, make_unix_seq },
	{ "unix-listen", 0, 15, 1, make_unix_listen }, { "unix-path", 0, 10, 1, make_unix_path },
	{ "odd", 0, 8, 1, make_odd }, { "udp", 0, 80, 1, make_udp }, { "udp6", 0, 20, 1, make_udp6 },
	{ "drops", 0, 2, 1, make_drops }, { "raw", 0, 6, 1, make_raw }, { "packet", 0, 6, 1, make_packet },
	{ "netlink", 0, 10, 1, make_netlink }, { "marked", 0, 0, 2, make_marked },
};
enum { KINDS = sizeof(kinds) / sizeof(*kinds) };

static long count_of(const char *option)
{
	int k;
	for (k = 0; k < KINDS; k++)
		if (!strcmp(kinds[k].option, option))
			return kinds[k].count;
	return 0;
}

/* ---- workers ---- */

static void move(double *next_flow, double *next_churn, long *churned)
{
	long i, n = tcp_made, from = n - share_of(flow) < 0 ? 0 : n - share_of(flow), rate = share_of(churn);

	if (flow && seconds() >= *next_flow) {
		*next_flow = seconds() + tick_ms / 1e3;
		for (i = from; i < n; i++) {
			fill(tcp_pairs[i].client, 200 + i % 1000);
			while (recv(tcp_pairs[i].server, filler, sizeof(filler), MSG_DONTWAIT) > 0)
				;
		}
	}
	if (rate && n > 7 && seconds() >= *next_churn) {	/* a tenth of the rate every 100 ms */
		long c, slot;
		*next_churn = seconds() + 0.1;
		for (c = 0; c < (rate + 9) / 10; c++) {
			slot = n / 2 + (*churned)++ % (n / 4);
			close(tcp_pairs[slot].client);
			close(tcp_pairs[slot].server);
			tcp_pairs[slot] = tcp_pair(AF_INET, share_from(count_of("tcp")) + slot, slot);
		}
	}
}

/* life: a pipe whose other end only the parent holds; it reads end-of-file when the parent exits */
static void work(int ready, int life)
{
	struct pollfd parent = { .fd = life, .events = POLLIN };
	double next_flow = seconds(), next_churn = next_flow;
	long i, churned = 0;
	char name[108];
	int k;

	memset(listeners4, -1, sizeof(listeners4));
	memset(listeners6, -1, sizeof(listeners6));
	tcp_pairs = calloc(share_of(count_of("tcp")) + 1, sizeof(*tcp_pairs));
	if (!tcp_pairs)
		die("memory");
	for (k = 0; k < KINDS; k++)
		for (i = share_from(kinds[k].count); i < share_from(kinds[k].count) + share_of(kinds[k].count); i++)
			kinds[k].make(i);
	if (write(ready, "r", 1) != 1)
		die("ready");
	while (poll(&parent, 1, flow || churn ? 5 : -1) == 0)
		move(&next_flow, &next_churn, &churned);
	for (i = share_from(count_of("unix-path")); i < share_from(count_of("unix-path")) + share_of(count_of("unix-path")); i++) {
		path_name(name, sizeof(name), i);
		unlink(name);
	}
	_exit(0);
}

static void put(const char *file, const char *value)
{
	int fd = open(file, O_WRONLY);
	if (fd < 0 || write(fd, value, strlen(value)) < 0)
		fprintf(stderr, "socketmaker: %s is not set\n", file);
	if (fd >= 0)
		close(fd);
}

static void prepare_namespace(void)
{
	struct ifreq lo = { .ifr_name = "lo" };
	int fd = check(socket(AF_INET, SOCK_DGRAM, 0), "socket");

	if (ioctl(fd, SIOCGIFFLAGS, &lo) == 0 && !(lo.ifr_flags & IFF_UP)) {
		lo.ifr_flags |= IFF_UP;
		check(ioctl(fd, SIOCSIFFLAGS, &lo), "lo up");
	}
	close(fd);
	put("/proc/sys/net/ipv4/ip_local_port_range", "6000 65535");
	put("/proc/sys/net/core/somaxconn", "65535");
}

static void plan_workers(void)
{
	struct rlimit limit, wished = { 100000, 100000 };
	long need = 0, most;
	int k;

	for (k = 0; k < KINDS; k++)
		need += kinds[k].count * kinds[k].fds;
	need += (count_of("unix-listen") + count_of("unix-path")) * pending + count_of("full") * excess;
	getrlimit(RLIMIT_NOFILE, &limit);
	limit.rlim_cur = limit.rlim_max;
	setrlimit(RLIMIT_NOFILE, &limit);
	if (limit.rlim_max < wished.rlim_max && setrlimit(RLIMIT_NOFILE, &wished) == 0)
		limit = wished;
	most = (long)limit.rlim_cur - 500;
	if (most < 40)
		most = 40;
	if (!fds_a_worker || fds_a_worker > most)
		fds_a_worker = most < 40000 ? most : 40000;
	workers = need ? (need + fds_a_worker - 1) / fds_a_worker : 1;
}

static void read_options(int argc, char **argv)
{
	static struct { const char *name; long *value; } numbers[] = {
		{ "stuck-tcp", &stuck_tcp }, { "stuck-unix", &stuck_unix }, { "stuck-udp", &stuck_udp },
		{ "bytes", &bytes_each }, { "flow", &flow }, { "tick", &tick_ms }, { "churn", &churn },
		{ "perdest", &per_port }, { "pending", &pending }, { "excess", &excess }, { "fds", &fds_a_worker },
	};
	static struct { const char *name; const char **value; } texts[] = {
		{ "md5-key", &md5_key }, { "dir", &path_dir }, { "truth", &truth_file },
	};
	enum { NUMBERS = sizeof(numbers) / sizeof(*numbers), TEXTS = sizeof(texts) / sizeof(*texts) };
	struct option all[KINDS + NUMBERS + TEXTS + 2] = { { 0 } };
	int i, c, at, n = 0;
	char *end;

	for (i = 0; i < KINDS; i++)
		all[n++] = (struct option){ kinds[i].option, required_argument, NULL, 1 };
	for (i = 0; i < NUMBERS; i++)
		all[n++] = (struct option){ numbers[i].name, required_argument, NULL, 2 };
	for (i = 0; i < TEXTS; i++)
		all[n++] = (struct option){ texts[i].name, required_argument, NULL, 3 };
	all[n] = (struct option){ "mixed", no_argument, NULL, 4 };
	while ((c = getopt_long(argc, argv, "", all, &at)) != -1) {
		long value = 0;
		if (c == '?')
			exit(2);
		if (c <= 2) {
			value = strtol(optarg, &end, 0);
			if (*end || end == optarg || value < 0) {
				fprintf(stderr, "socketmaker: --%s %s is not a number\n", all[at].name, optarg);
				exit(2);
			}
		}
		if (c == 1)
			kinds[at].count = value;
		else if (c == 2)
			*numbers[at - KINDS].value = value;
		else if (c == 3)
			*texts[at - KINDS - NUMBERS].value = optarg;
		else
			mixed = 1;
	}
	if (optind < argc || !per_port || !tick_ms || strlen(md5_key) > TCP_MD5SIG_MAXKEYLEN) {
		fprintf(stderr, "socketmaker: wrong option\n");
		exit(2);
	}
	for (i = 0; mixed && i < KINDS; i++)
		kinds[i].count = kinds[i].count ? kinds[i].count : kinds[i].mixed;
	if (mixed) {	/* nothing may retransmit or change while tests compare */
		excess = 0;
		stuck_tcp = stuck_tcp ? stuck_tcp : 20;
		stuck_unix = stuck_unix ? stuck_unix : 15;
		stuck_udp = stuck_udp ? stuck_udp : 10;
	}
}

static void hold(int ready, double began)
{
	struct pollfd in = { .fd = 0, .events = POLLIN };
	sigset_t none;
	char b[256];
	int i, k;

	for (i = 0; i < workers; i++)
		if (read(ready, b, 1) != 1) {
			printf("failed\n");
			return;
		}
	printf("ready pid=%d workers=%d seconds=%.2f", getpid(), workers, seconds() - began);
	for (k = 0; k < KINDS; k++)
		if (kinds[k].count)
			printf(" %s=%ld", kinds[k].option, kinds[k].count);
	printf("\n");
	fflush(stdout);
	sigemptyset(&none);
	while (!stop && (ppoll(&in, 1, NULL, &none) <= 0 || read(0, b, sizeof(b)) > 0))
		;
}

int main(int argc, char **argv)
{
	struct sigaction act = { .sa_handler = on_signal };
	double began = seconds();
	int ready[2], life[2], status, failed = 0;
	sigset_t ours;

	read_options(argc, argv);
	sigemptyset(&ours);	/* blocked except inside ppoll, so that no signal is missed between test and wait */
	sigaddset(&ours, SIGTERM);
	sigaddset(&ours, SIGINT);
	sigprocmask(SIG_BLOCK, &ours, NULL);
	sigaction(SIGTERM, &act, NULL);
	sigaction(SIGINT, &act, NULL);
	signal(SIGPIPE, SIG_IGN);
	if (truth_file)
		truth_fd = check(open(truth_file, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0600), truth_file);
	plan_workers();
	prepare_namespace();
	check(pipe(ready), "pipe");
	check(pipe(life), "pipe");
	for (worker = 0; worker < workers; worker++)
		if (check(fork(), "fork") == 0) {
			close(ready[0]);
			close(life[1]);
			work(ready[1], life[0]);
		}
	close(ready[1]);
	hold(ready[0], began);
	close(life[1]);
	while (wait(&status) > 0)
		failed |= status != 0;
	return failed;
}
