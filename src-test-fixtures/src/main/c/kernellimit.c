/* kernellimit: measures how fast the kernel can produce a sock_diag dump here.
 *
 *   cc -O2 -o kernellimit kernellimit.c
 *   ./kernellimit [--family 4|6|unix|netlink|packet] [--protocol N] [--ext BITS] [--states BITS] [--runs N] [--pause MS]
 *
 * Each run sends one dump request and receives into a buffer of 32 KiB until NLMSG_DONE. Only message headers are read,
 * to count them and to find the end. A recorder's own cost is what it needs beyond this.
 *
 * --family 4       --protocol 6 (TCP)     --runs 1
 * --ext 0x4f       attributes wanted (idiag_ext; unix: udiag_show, there 0x3f; netlink and packet: show)
 * --states 0xfff   (unix: 0xffffffff)
 * --pause 0        milliseconds of sleep between two runs
 *
 * Prints msgs, bytes, recvs (of one run), runs, trunc, median wall ms, user and system CPU seconds of all runs,
 * on one line. Exit codes: 0 done, 1 the kernel answered with an error or a datagram was cut, 2 usage.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <getopt.h>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/netlink_diag.h>
#include <linux/packet_diag.h>
#include <linux/sock_diag.h>
#include <linux/unix_diag.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

struct ask { int family, protocol; long ext, states, runs, pause; };
struct count { unsigned long long msgs, bytes, recvs, trunc; int done, error; };

struct request {
	struct nlmsghdr h;
	union {
		struct inet_diag_req_v2 inet;
		struct unix_diag_req un;
		struct netlink_diag_req nl;
		struct packet_diag_req packet;
	} q;
};

static char buffer[32768] __attribute__((aligned(8)));

static double milliseconds(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1e3 + t.tv_nsec / 1e6;
}

static int ascending(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

static size_t fill_request(struct request *r, const struct ask *a)
{
	size_t body;

	memset(r, 0, sizeof(*r));
	switch (a->family) {
	case AF_UNIX:
		r->q.un = (struct unix_diag_req){ .sdiag_family = AF_UNIX, .udiag_states = a->states,
						  .udiag_show = a->ext };
		body = sizeof(r->q.un);
		break;
	case AF_NETLINK:
		r->q.nl = (struct netlink_diag_req){ .sdiag_family = AF_NETLINK, .sdiag_protocol = NDIAG_PROTO_ALL,
						     .ndiag_show = a->ext };
		body = sizeof(r->q.nl);
		break;
	case AF_PACKET:
		r->q.packet = (struct packet_diag_req){ .sdiag_family = AF_PACKET, .pdiag_show = a->ext };
		body = sizeof(r->q.packet);
		break;
	default:
		r->q.inet = (struct inet_diag_req_v2){ .sdiag_family = a->family, .sdiag_protocol = a->protocol,
						       .idiag_ext = a->ext, .idiag_states = a->states };
		body = sizeof(r->q.inet);
	}
	r->h.nlmsg_len = NLMSG_LENGTH(body);
	r->h.nlmsg_type = SOCK_DIAG_BY_FAMILY;
	r->h.nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP;
	r->h.nlmsg_seq = 1;
	return r->h.nlmsg_len;
}

static void walk(struct count *c, ssize_t length)
{
	const struct nlmsghdr *h = (const void *)buffer;

	for (; NLMSG_OK(h, length); h = NLMSG_NEXT(h, length)) {
		if (h->nlmsg_type == NLMSG_DONE || h->nlmsg_type == NLMSG_ERROR) {
			c->done = 1;
			c->error = h->nlmsg_len >= NLMSG_LENGTH(sizeof(int)) ? -*(const int *)NLMSG_DATA(h) : 0;
			return;
		}
		c->msgs++;
	}
}

static struct count dump(const struct ask *a)
{
	struct count c = { 0 };
	struct request r;
	size_t length = fill_request(&r, a);
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_SOCK_DIAG);

	if (fd < 0 || send(fd, &r, length, 0) != (ssize_t)length) {
		perror("kernellimit: request");
		exit(1);
	}
	while (!c.done) {
		ssize_t n = recv(fd, buffer, sizeof(buffer), MSG_TRUNC);
		if (n < 0) {
			perror("kernellimit: recv");
			exit(1);
		}
		c.recvs++;
		if (n > (ssize_t)sizeof(buffer)) {
			c.trunc++;
			n = sizeof(buffer);
		}
		c.bytes += n;
		walk(&c, n);
	}
	close(fd);
	return c;
}

static struct ask read_options(int argc, char **argv)
{
	static const struct option all[] = {
		{ "family", 1, NULL, 'f' }, { "protocol", 1, NULL, 'p' }, { "ext", 1, NULL, 'x' },
		{ "states", 1, NULL, 's' }, { "runs", 1, NULL, 'n' }, { "pause", 1, NULL, 'w' }, { 0 },
	};
	struct ask a = { AF_INET, IPPROTO_TCP, -1, -1, 1, 0 };
	int c;

	while ((c = getopt_long(argc, argv, "", all, NULL)) != -1)
		switch (c) {
		case 'f':
			a.family = !strcmp(optarg, "4") ? AF_INET : !strcmp(optarg, "6") ? AF_INET6 :
				!strcmp(optarg, "unix") ? AF_UNIX : !strcmp(optarg, "netlink") ? AF_NETLINK :
				!strcmp(optarg, "packet") ? AF_PACKET : 0;
			break;
		case 'p': a.protocol = strtol(optarg, NULL, 0); break;
		case 'x': a.ext = strtol(optarg, NULL, 0); break;
		case 's': a.states = strtol(optarg, NULL, 0); break;
		case 'n': a.runs = strtol(optarg, NULL, 0); break;
		case 'w': a.pause = strtol(optarg, NULL, 0); break;
		default: exit(2);
		}
	if (!a.family || a.runs < 1 || a.runs > 100000 || a.pause < 0 || a.pause > 60000 || optind < argc) {
		fprintf(stderr, "kernellimit: wrong option, see the head of its source\n");
		exit(2);
	}
	if (a.ext < 0)
		a.ext = a.family == AF_UNIX ? 0x3f : a.family == AF_NETLINK || a.family == AF_PACKET ? 0xff : 0x4f;
	if (a.states < 0)
		a.states = a.family == AF_UNIX ? 0xffffffff : 0xfff;
	return a;
}

int main(int argc, char **argv)
{
	struct ask a = read_options(argc, argv);
	struct count c = { 0 };
	struct rusage used;
	double *wall = calloc(a.runs, sizeof(*wall));
	long run;

	if (!wall)
		return 1;
	for (run = 0; run < a.runs; run++) {
		double began;
		if (run)
			usleep(a.pause * 1000);
		began = milliseconds();
		c = dump(&a);
		wall[run] = milliseconds() - began;
	}
	qsort(wall, a.runs, sizeof(*wall), ascending);
	getrusage(RUSAGE_SELF, &used);
	printf("msgs=%llu bytes=%llu recvs=%llu runs=%ld trunc=%llu error=%d ms=%.3f user=%.6f sys=%.6f\n", c.msgs,
	       c.bytes, c.recvs, a.runs, c.trunc, c.error, wall[a.runs / 2],
	       used.ru_utime.tv_sec + used.ru_utime.tv_usec / 1e6, used.ru_stime.tv_sec + used.ru_stime.tv_usec / 1e6);
	return c.error || c.trunc;
}
