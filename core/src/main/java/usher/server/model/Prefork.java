package usher.server.model;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import usher.server.Model;
import usher.server.Processes;
import usher.server.driver.House;
import usher.server.process.Childhood;

/// `prefork`, in a child: one of N processes that accept from one listening socket, each serving
/// its clients by another model. The [Parent] keeps their number.
///
/// ```
///   parent:  bind ──► N children ──► one ends ──► another …
///   child:   accept, or receive ──► as the inner model says
/// ```
///
/// A handler shares memory with the clients of its own process only, and takes down only them. With
/// several addresses there are N children for each. Datagrams are counted in the children only, but
/// for those that are dropped.
final class Prefork {
  private final House house;
  private final Processes ways;
  private final Childhood child;
  private final Seating inner;
  private final boolean datagrams;

  Prefork(House house, Processes ways, Childhood child, Entrance entrance, Model inner) {
    this.house = house;
    this.ways = ways;
    this.child = child;
    this.inner = Seating.of(inner, house, List.of(entrance));
    this.datagrams = entrance instanceof Entrance.Datagrams;
  }

  void serve() throws IOException {
    CompletableFuture<Long> told = new CompletableFuture<>();
    CompletableFuture<Boolean> drains = new CompletableFuture<>();
    child.watch(
        parting -> {
          if (!told.complete(parting)) {
            // Said again, with less time.
            boolean _ = drains.join();
            inner.drain(parting);
          }
        });
    inner.start();
    child.ready();
    child.beat(inner.pulse(), ways.silence().toNanos());
    long parting = told.join();
    if (datagrams) {
      // What has been received is answered by the socket; nothing more is received.
      house.permits().close();
    } else {
      // Closing loses nobody: who was accepted at this moment takes a seat and is served.
      child.closeListener();
    }
    inner.drain(parting);
    drains.complete(true);
    house.permits().awaitEmpty(Long.MAX_VALUE);
    child.exit();
  }
}
