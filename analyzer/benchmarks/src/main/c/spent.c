/* spent: runs a command and writes what it and its children spent.
 *
 *   cc -O2 -o spent spent.c
 *   ./spent FILE COMMAND…
 *
 * FILE gets one line: user and system CPU seconds, the largest resident set of one of its processes in KiB, wall seconds.
 * Exits as the command does; 128 and the signal when one ended it. The command ends with this program.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double seconds(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec + t.tv_nsec / 1e9;
}

static int fail(const char *what)
{
	fprintf(stderr, "spent: %s: %s\n", what, strerror(errno));
	return 127;
}

int main(int argc, char **argv)
{
	double began = seconds();
	struct rusage used;
	int status;
	pid_t child;
	FILE *out;

	if (argc < 3) {
		fprintf(stderr, "usage: spent FILE COMMAND...\n");
		return 2;
	}
	child = fork();
	if (child < 0)
		return fail("fork");
	if (child == 0) {
		prctl(PR_SET_PDEATHSIG, SIGTERM);
		execvp(argv[2], argv + 2);
		_exit(fail(argv[2]));
	}
	while (wait4(child, &status, 0, &used) < 0)
		if (errno != EINTR)
			return fail("wait4");
	out = fopen(argv[1], "w");
	if (!out)
		return fail(argv[1]);
	fprintf(out, "%ld.%06ld %ld.%06ld %ld %.6f\n", used.ru_utime.tv_sec, (long)used.ru_utime.tv_usec,
		used.ru_stime.tv_sec, (long)used.ru_stime.tv_usec, used.ru_maxrss, seconds() - began);
	if (fclose(out))
		return fail(argv[1]);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
