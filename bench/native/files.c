/*
 * A light client of files, the same for every server: it only moves bytes. REQUEST is a file with the bytes to say first.
 *
 *   files get PORT REQUEST SIZE      reads to the end; SIZE bytes and some words must come
 *   files put PORT REQUEST FILE WAIT DONE [STORED]
 *                                    reads until WAIT has come (an empty one: at once), sends FILE, and reads until
 *                                    DONE has come; then STORED, which the server has made of it, and its folder are
 *                                    forced to the disk
 *
 * Prints the seconds from the connect to the end. Ends with 1 and a message where something else comes.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <fcntl.h>
#include <libgen.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { ROOM = 1 << 18, HEAD = 1 << 13 };

static char buffer[ROOM];

static void fail(const char *what) {
  perror(what);
  exit(1);
}

static double now(void) {
  struct timespec at;
  clock_gettime(CLOCK_MONOTONIC, &at);
  return at.tv_sec + at.tv_nsec / 1e9;
}

static int open_connection(int port) {
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(port)};
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  int s = socket(AF_INET, SOCK_STREAM, 0);
  if (s < 0 || connect(s, (struct sockaddr *)&to, sizeof to) < 0) fail("connect");
  return s;
}

static void send_request(int s, const char *file) {
  static char request[HEAD];
  int f = open(file, O_RDONLY);
  ssize_t length = f < 0 ? -1 : read(f, request, sizeof request);
  if (length < 0) fail(file);
  close(f);
  if (write(s, request, length) != length) fail("write");
}

/* Reads until the words have come, however they are cut. */
static void await_words(int s, const char *words) {
  static char text[HEAD + 1];
  size_t length = 0;
  while (!memmem(text, length, words, strlen(words))) {
    ssize_t got = length < HEAD ? read(s, text + length, HEAD - length) : 0;
    if (got <= 0) {
      fprintf(stderr, "\"%s\" does not come, but: %.*s\n", words, (int)length, text);
      exit(1);
    }
    length += got;
  }
}

static void force(const char *path) {
  int f = open(path, O_RDONLY);
  if (f < 0 || fsync(f) < 0) fail(path);
  close(f);
}

int main(int count, char **words) {
  if (count == 5 && strcmp(words[1], "get") == 0) {
    double start = now();
    int s = open_connection(atoi(words[2]));
    send_request(s, words[3]);
    long long size = atoll(words[4]), all = 0;
    ssize_t got;
    while ((got = read(s, buffer, sizeof buffer)) > 0) all += got;
    if (got < 0) fail("read");
    if (all < size || all > size + HEAD) {
      fprintf(stderr, "%lld bytes have come, and not %lld: %.*s\n", all, size, 200, buffer);
      return 1;
    }
    printf("%.6f\n", now() - start);
    return 0;
  }
  if ((count == 7 || count == 8) && strcmp(words[1], "put") == 0) {
    int f = open(words[4], O_RDONLY);
    struct stat about;
    if (f < 0 || fstat(f, &about) < 0) fail(words[4]);
    double start = now();
    int s = open_connection(atoi(words[2]));
    send_request(s, words[3]);
    if (*words[5]) await_words(s, words[5]);
    off_t at = 0;
    while (at < about.st_size) {
      if (sendfile(s, f, &at, about.st_size - at) <= 0) fail("sendfile");
    }
    await_words(s, words[6]);
    if (count == 8) {
      force(words[7]);
      force(dirname(words[7]));
    }
    printf("%.6f\n", now() - start);
    return 0;
  }
  fprintf(stderr, "files get PORT REQUEST SIZE | files put PORT REQUEST FILE WAIT DONE [STORED]\n");
  return 2;
}
