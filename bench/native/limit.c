/*
 * The limit: what a server costs that does nothing but move bytes.
 *
 *   limit PORT
 *
 * One thread, one level-triggered epoll set, loopback only. It parses nothing: each blank line
 * (CR LF CR LF) counts as one request and earns one copy of a fixed response; all the responses to
 * one read go out in one write. A server that really speaks HTTP has to do more than this, so the
 * CPU time this one takes for a request is the unit in which the others are given.
 *
 * Rules: no allocation and no system call that could be saved in the loop (epoll_wait, read, write).
 * Not done: keeping part of a response that the socket does not take. With the loads it is meant for
 * (at most some dozen pipelined requests a connection) that does not happen; if it does, the
 * connection is closed, and the load generator reports the error.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { EVENTS = 512, INPUT = 64 * 1024, DESCRIPTORS = 64 * 1024 };

static const char RESPONSE[] =
    "HTTP/1.1 200 OK\r\n"
    "Content-Type: text/plain\r\n"
    "Content-Length: 13\r\n"
    "\r\n"
    "Hello, World!";
enum { RESPONSE_LENGTH = sizeof RESPONSE - 1 };

static const char END[] = "\r\n\r\n";
enum { END_LENGTH = sizeof END - 1 };

static char input[INPUT];

/* As many responses as one full read can ask for. */
static char output[INPUT / END_LENGTH * RESPONSE_LENGTH];

/* How many bytes of END the last read on a descriptor ended with, when they were not all four. */
static uint8_t partial[DESCRIPTORS];

static void fail(const char *what) {
  perror(what);
  exit(1);
}

/* The longest proper prefix of END that the text ends with. */
static int trailing(const char *text, size_t length) {
  for (int k = END_LENGTH - 1; k > 0; k--) {
    if (length >= (size_t)k && memcmp(text + length - k, END, k) == 0) return k;
  }
  return 0;
}

/* Counts the requests that end in what was just read on this descriptor. */
static int requests(int fd, const char *text, size_t length) {
  const char *at = text, *end = text + length;
  int count = 0;
  int before = partial[fd];
  if (before > 0) { /* rare: a head was cut in two just at its end */
    size_t rest = END_LENGTH - before;
    if (length < rest && memcmp(text, END + before, length) == 0) {
      partial[fd] = before + length;
      return 0;
    }
    if (length >= rest && memcmp(text, END + before, rest) == 0) {
      count++;
      at += rest;
    }
    partial[fd] = 0;
  }
  const char *found;
  while ((found = memmem(at, end - at, END, END_LENGTH)) != NULL) {
    count++;
    at = found + END_LENGTH;
  }
  if (at != end) partial[fd] = trailing(at, end - at);
  return count;
}

static void serve(int fd) {
  ssize_t length = read(fd, input, sizeof input);
  if (length < 0 && errno == EAGAIN) return;
  if (length <= 0) {
    partial[fd] = 0;
    close(fd);
    return;
  }
  int count = requests(fd, input, length);
  if (count == 0) return;
  char *to = output;
  for (int i = 0; i < count; i++, to += RESPONSE_LENGTH) memcpy(to, RESPONSE, RESPONSE_LENGTH);
  if (write(fd, output, to - output) != to - output) {
    partial[fd] = 0;
    close(fd);
  }
}

static void accept_all(int listener, int events) {
  int fd, on = 1;
  while ((fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK)) >= 0) {
    if (fd >= DESCRIPTORS) {
      close(fd);
      continue;
    }
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};
    if (epoll_ctl(events, EPOLL_CTL_ADD, fd, &event) < 0) close(fd);
  }
}

int main(int count, char **arguments) {
  int port = count == 2 ? atoi(arguments[1]) : 0;
  if (port <= 0 || port > 65535) {
    fprintf(stderr, "usage: limit PORT\n");
    return 2;
  }
  int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  if (listener < 0) fail("socket");
  int on = 1;
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  struct sockaddr_in address = {
      .sin_family = AF_INET,
      .sin_port = htons(port),
      .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
  };
  if (bind(listener, (struct sockaddr *)&address, sizeof address) < 0) fail("bind");
  if (listen(listener, 4096) < 0) fail("listen");

  int events = epoll_create1(0);
  if (events < 0) fail("epoll_create1");
  struct epoll_event event = {.events = EPOLLIN, .data.fd = listener};
  if (epoll_ctl(events, EPOLL_CTL_ADD, listener, &event) < 0) fail("epoll_ctl");

  static struct epoll_event ready[EVENTS];
  for (;;) {
    int n = epoll_wait(events, ready, EVENTS, -1);
    for (int i = 0; i < n; i++) {
      int fd = ready[i].data.fd;
      if (fd == listener) {
        accept_all(listener, events);
      } else {
        serve(fd);
      }
    }
  }
}
