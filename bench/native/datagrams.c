/*
 * Datagrams: the least that an echo server does, and the load for any echo server.
 *
 *   datagrams echo PORT                            recvfrom, sendto, for ever
 *   datagrams load PORT SECONDS SENDERS SIZE       each sender waits for its echo before it sends again
 *   datagrams load PORT SECONDS SENDERS SIZE RATE  so many a second in all, whether echoes come or not
 *
 * Loopback only. Each datagram begins with the load's own number and that of its sender's message; an
 * echo with another number, length or content is wrong, and one of an earlier load, whose port the
 * sender has got, is not looked at. A load prints one line at its end:
 *
 *   sent N echoed N lost N wrong N seconds S
 *
 * Without a rate an echo that has not come after a second counts as lost, and the sender goes on. With
 * a rate senders take turns and echoes are awaited for half a second after the last one was sent;
 * lost is what has not come then. A load that was held up itself does not make up for it: a burst
 * would be another rate.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { MOST = 64 * 1024, SENDERS = 1024, EVENTS = 256, PATIENCE_MS = 1000, STRAGGLE_MS = 500, LATE_NS = 200 * 1000 };

static char buffer[MOST];

static struct sender {
  int fd;
  uint64_t number; /* of the last message, below the load's own */
  uint64_t at;     /* when it was sent, ns */
} senders[SENDERS];

static uint64_t own; /* in the upper half of each number */
static int size, count, epoll_set;
static uint64_t sent, echoed, lost, wrong;

static void fail(const char *what) {
  perror(what);
  exit(1);
}

static uint64_t now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (uint64_t)t.tv_sec * 1000000000u + t.tv_nsec;
}

static struct sockaddr_in loopback(int port) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

static void echo(int port) {
  int fd = socket(AF_INET, SOCK_DGRAM, 0);
  struct sockaddr_in here = loopback(port);
  if (fd < 0 || bind(fd, (struct sockaddr *)&here, sizeof here) != 0) fail("bind");
  for (;;) {
    struct sockaddr_in from;
    socklen_t length = sizeof from;
    ssize_t bytes = recvfrom(fd, buffer, sizeof buffer, 0, (struct sockaddr *)&from, &length);
    if (bytes < 0) continue;
    sendto(fd, buffer, bytes, 0, (struct sockaddr *)&from, length);
  }
}

/* The rest of a message follows from its number. */
static void fill(uint64_t number) {
  memset(buffer, (int)(number & 0xff), size);
  memcpy(buffer, &number, sizeof number);
}

static void say(struct sender *one) {
  fill(own | ++one->number);
  /* A refusal of the datagram before is told here; the server may just be starting. */
  if (send(one->fd, buffer, size, 0) != size && send(one->fd, buffer, size, 0) != size) fail("send");
  one->at = now();
  sent++;
}

/* Whether an echo was there; *last says whether it was of the last message. */
static int hear(struct sender *one, int *last) {
  *last = 0;
  ssize_t bytes = recv(one->fd, buffer, sizeof buffer, MSG_DONTWAIT);
  if (bytes < 0) return 0;
  uint64_t number;
  memcpy(&number, buffer, sizeof number);
  if (bytes == size && (number & UINT64_C(0xffffffff00000000)) != own) return 1;
  *last = number == (own | one->number);
  if (bytes != size || number == own || number > (own | one->number) || buffer[size - 1] != (char)(number & 0xff)) {
    wrong++;
  } else {
    echoed++;
  }
  return 1;
}

static void hear_all(int wait_ms) {
  struct epoll_event events[EVENTS];
  int last, ready = epoll_wait(epoll_set, events, EVENTS, wait_ms);
  for (int i = 0; i < ready; i++) {
    while (hear(events[i].data.ptr, &last)) {
    }
  }
}

/* Each sender has one message under way. */
static void in_turn(uint64_t end) {
  for (int i = 0; i < count; i++) say(&senders[i]);
  while (now() < end) {
    struct epoll_event events[EVENTS];
    int ready = epoll_wait(epoll_set, events, EVENTS, PATIENCE_MS);
    for (int i = 0; i < ready; i++) {
      struct sender *one = events[i].data.ptr;
      int last;
      while (hear(one, &last)) {
        if (last) say(one);
      }
    }
    uint64_t time = ready == 0 ? now() : 0;
    for (int i = 0; ready == 0 && i < count; i++) {
      if (time - senders[i].at > PATIENCE_MS * UINT64_C(1000000)) {
        lost++;
        say(&senders[i]);
      }
    }
  }
}

static void at_rate(uint64_t start, uint64_t end, double rate) {
  double pause = 1e9 / rate, due = start;
  uint64_t time;
  int next = 0;
  while ((time = now()) < end) {
    if (time > due + LATE_NS) due = time - LATE_NS;
    for (; due <= time; due += pause) {
      say(&senders[next]);
      next = (next + 1) % count;
    }
    hear_all(0);
  }
  uint64_t patience = now() + STRAGGLE_MS * UINT64_C(1000000);
  while (echoed + wrong < sent && now() < patience) hear_all(10);
  lost = sent - echoed;
}

static void load(int port, double seconds, double rate) {
  struct sockaddr_in server = loopback(port);
  own = (uint64_t)(uint32_t)(now() / 1000) << 32;
  if ((epoll_set = epoll_create1(0)) < 0) fail("epoll_create1");
  for (int i = 0; i < count; i++) {
    senders[i].fd = socket(AF_INET, SOCK_DGRAM, 0);
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = &senders[i]};
    if (senders[i].fd < 0 || connect(senders[i].fd, (struct sockaddr *)&server, sizeof server) != 0 ||
        epoll_ctl(epoll_set, EPOLL_CTL_ADD, senders[i].fd, &event) != 0) {
      fail("connect");
    }
  }
  uint64_t start = now(), end = start + (uint64_t)(seconds * 1e9);
  if (rate > 0) {
    at_rate(start, end, rate);
  } else {
    in_turn(end);
  }
  printf("sent %llu echoed %llu lost %llu wrong %llu seconds %.3f\n", (unsigned long long)sent,
         (unsigned long long)echoed, (unsigned long long)lost, (unsigned long long)wrong, (now() - start) / 1e9);
}

int main(int argc, char **argv) {
  if (argc == 3 && strcmp(argv[1], "echo") == 0) echo(atoi(argv[2]));
  if ((argc == 6 || argc == 7) && strcmp(argv[1], "load") == 0) {
    count = atoi(argv[4]);
    size = atoi(argv[5]);
    if (count < 1 || count > SENDERS || size < (int)sizeof(uint64_t) || size > 60000) {
      fprintf(stderr, "datagrams: 1 to %d senders, 8 to 60000 bytes\n", SENDERS);
      return 2;
    }
    load(atoi(argv[2]), atof(argv[3]), argc == 7 ? atof(argv[6]) : 0);
    return 0;
  }
  fprintf(stderr, "usage: datagrams echo PORT | datagrams load PORT SECONDS SENDERS SIZE [RATE]\n");
  return 2;
}
