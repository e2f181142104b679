package usher.server.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import usher.server.Model;
import usher.server.Processes;
import usher.server.driver.House;
import usher.server.process.Childhood;
import usher.session.Protocol;

/// `prefork`, in a child: one of N processes that accept from one listening socket, each serving
/// its clients by another model. The [Parent] keeps their number.
///
/// ```
///   parent:  bind ──► N children ──► one ends ──► another …
///   child:   accept ──► as the inner model says
/// ```
///
/// A handler shares memory with the clients of its own process only, and takes down only them. With
/// several listeners there are N children for each.
final class Prefork {
  private final House house;
  private final Processes ways;
  private final Childhood child;
  private final Seating inner;
  private final boolean loops;

  Prefork(House house, Processes ways, Childhood child, Protocol protocol, Model inner) {
    this.house = house;
    this.ways = ways;
    this.child = child;
    this.inner =
        Seating.of(inner, house, ways, List.of(new Entrance.Streams(child.listener(), protocol)));
    this.loops =
        inner instanceof Model.EventLoop
            || inner instanceof Model.EventLoops
            || inner instanceof Model.EventLoopWorkers;
  }

  void serve() throws IOException {
    CompletableFuture<Long> told = new CompletableFuture<>();
    child.watch(told::complete);
    List<Thread> threads = inner.start();
    child.ready();
    child.beat(inner.pulse(), ways.silence().toNanos());
    long parting = told.join();
    // Closing loses nobody: who was accepted at this moment takes a seat and is served.
    child.closeListener();
    inner.drain(parting);
    try {
      if (!loops) {
        // Acceptors end by themselves, the last client in hand seated.
        for (Thread acceptor : threads) {
          acceptor.join();
        }
      }
    } catch (InterruptedException e) {
      throw new UncheckedIOException(new IOException("interrupted while leaving", e));
    }
    house.permits().awaitEmpty(Long.MAX_VALUE);
    System.exit(0);
  }
}
