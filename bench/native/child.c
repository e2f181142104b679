/*
 * What a child process costs: a parent in C that does what the process models do.
 *
 *   child ROUNDS PROGRAM ARGUMENT...
 *
 * In each round it listens, connects a client that asks, and starts the program as a child: the
 * listening socket as descriptor 0, a pipe as 3 and one as 4. It prints the time from the start
 * (posix_spawn) to the first byte of the answer, the CPU time of the child, and the memory that an
 * idle child has to itself (PSS, with the pages that it shares counted in part), half a second later.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MOST = 1000, HIGH = 20, IDLE_US = 500 * 1000, PATIENCE_S = 30 };

static const char REQUEST[] = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";

extern char **environ;

static void fail(const char *what) {
  perror(what);
  exit(1);
}

static double now(void) {
  struct timespec at;
  clock_gettime(CLOCK_MONOTONIC, &at);
  return at.tv_sec * 1e3 + at.tv_nsec / 1e6;
}

static long pss_kib(pid_t child) {
  char path[64], line[256];
  long kib = 0;
  snprintf(path, sizeof path, "/proc/%d/smaps_rollup", child);
  FILE *file = fopen(path, "r");
  while (file && fgets(line, sizeof line, file)) {
    if (sscanf(line, "Pss: %ld kB", &kib) == 1) break;
  }
  if (file) fclose(file);
  return kib;
}

/* Descriptors above those that the child gets, so that none overwrites another. */
static int high(int descriptor) {
  int higher = fcntl(descriptor, F_DUPFD_CLOEXEC, HIGH);
  if (higher < 0) fail("fcntl");
  close(descriptor);
  return higher;
}

static int by_size(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static void report(const char *name, double *values, int count, const char *unit) {
  qsort(values, count, sizeof *values, by_size);
  printf("%-22s %8.1f %s  (%.1f to %.1f)\n", name, values[count / 2], unit, values[0], values[count - 1]);
}

int main(int argc, char **argv) {
  static double time_ms[MOST], cpu_ms[MOST], memory_mib[MOST];
  int rounds = argc > 2 ? atoi(argv[1]) : 0;
  if (rounds < 1 || rounds > MOST) {
    fprintf(stderr, "usage: child ROUNDS PROGRAM ARGUMENT...\n");
    return 2;
  }
  for (int i = 0; i < rounds; i++) {
    struct sockaddr_in where = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof where;
    int listener = high(socket(AF_INET, SOCK_STREAM, 0));
    if (bind(listener, (struct sockaddr *)&where, sizeof where) || listen(listener, 16) ||
        getsockname(listener, (struct sockaddr *)&where, &length)) {
      fail("listen");
    }
    int life[2], news[2];
    if (pipe(life) || pipe(news)) fail("pipe");
    for (int end = 0; end < 2; end++) {
      life[end] = high(life[end]);
      news[end] = high(news[end]);
    }
    int client = high(socket(AF_INET, SOCK_STREAM, 0));
    /* A child that does not come up answers never. */
    struct timeval patience = {.tv_sec = PATIENCE_S};
    setsockopt(client, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    if (connect(client, (struct sockaddr *)&where, sizeof where) ||
        write(client, REQUEST, sizeof REQUEST - 1) < 0) {
      fail("client");
    }
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_adddup2(&files, listener, 0);
    posix_spawn_file_actions_adddup2(&files, life[0], 3);
    posix_spawn_file_actions_adddup2(&files, news[1], 4);
    double start = now();
    pid_t child;
    if (posix_spawn(&child, argv[2], &files, NULL, argv + 2, environ)) fail("posix_spawn");
    char answer[16] = "";
    if (read(client, answer, sizeof answer - 1) < 12 || strncmp(answer, "HTTP/1.1 200", 12)) {
      fprintf(stderr, "not answered: %s\n", answer);
      return 1;
    }
    time_ms[i] = now() - start;
    usleep(IDLE_US);
    memory_mib[i] = pss_kib(child) / 1024.0;
    struct rusage used;
    kill(child, SIGKILL);
    wait4(child, NULL, 0, &used);
    cpu_ms[i] = (used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1e3 +
                (used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e3;
    posix_spawn_file_actions_destroy(&files);
    int all[] = {listener, life[0], life[1], news[0], news[1], client};
    for (size_t each = 0; each < sizeof all / sizeof *all; each++) close(all[each]);
  }
  report("start to first answer", time_ms, rounds, "ms");
  report("CPU time", cpu_ms, rounds, "ms");
  report("memory when idle", memory_mib, rounds, "MiB");
  return 0;
}
