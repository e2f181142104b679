package usher.testkit.contract;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import usher.server.Blocked;
import usher.server.Probe;
import usher.session.Cause;
import usher.session.Peer;
import usher.testkit.Await;

/// The probe of a trial: remembers what it is told. Thread-safe.
public final class Witness implements Probe {
  private static final Duration LONG = Duration.ofSeconds(20);

  private int accepted;
  private int peak;
  private final List<Refusal> refusals = new ArrayList<>();
  private int acceptsFailed;
  private int held;
  private int received;
  private final List<Drop> drops = new ArrayList<>();
  private final List<Cause> causes = new ArrayList<>();
  private final List<Throwable> failures = new ArrayList<>();
  private final List<Throwable> broken = new ArrayList<>();
  private final List<Blocked> blocked = new ArrayList<>();

  Witness() {}

  @Override
  public synchronized void accepted(Peer peer) {
    accepted++;
    peak = Math.max(peak, accepted - causes.size());
  }

  @Override
  public synchronized void closed(Peer peer, Cause cause) {
    causes.add(cause);
  }

  @Override
  public synchronized void failed(Peer peer, Throwable thrown) {
    failures.add(thrown);
  }

  @Override
  public synchronized void broken(Throwable thrown) {
    broken.add(thrown);
  }

  @Override
  public synchronized void refused(Refusal why) {
    refusals.add(why);
  }

  @Override
  public synchronized void acceptFailed(IOException thrown) {
    acceptsFailed++;
  }

  @Override
  public synchronized void received(Peer sender) {
    received++;
  }

  @Override
  public synchronized void dropped(Peer sender, Drop why) {
    drops.add(why);
  }

  @Override
  public synchronized void held(Peer peer, long nanos) {
    held++;
  }

  @Override
  public synchronized void blocked(Blocked what) {
    blocked.add(what);
  }

  /// The handlers that held their threads for too long, in that order.
  public synchronized List<Blocked> blocked() {
    return List.copyOf(blocked);
  }

  /// How many connections were opened.
  public synchronized int accepted() {
    return accepted;
  }

  /// How many connections were open at once, at most.
  public synchronized int peak() {
    return peak;
  }

  /// How many clients and calls were refused.
  public synchronized int refusals() {
    return refusals.size();
  }

  /// Why clients and calls were refused, in that order.
  public synchronized List<Refusal> whyRefused() {
    return List.copyOf(refusals);
  }

  /// How often accepting failed.
  public synchronized int acceptsFailed() {
    return acceptsFailed;
  }

  /// How many datagrams came.
  public synchronized int received() {
    return received;
  }

  /// Why datagrams were dropped, in that order.
  public synchronized List<Drop> drops() {
    return List.copyOf(drops);
  }

  /// How many blocking calls have held a loop.
  public synchronized int holds() {
    return held;
  }

  /// Why connections ended, in that order.
  public synchronized List<Cause.Kind> causes() {
    return causes.stream().map(Cause::kind).toList();
  }

  /// What the probe was told of failed connections.
  public synchronized List<Throwable> failures() {
    return List.copyOf(failures);
  }

  /// The names of what was thrown, without packages; also of what was thrown in another process.
  public synchronized List<String> failureNames() {
    return failures.stream()
        .map(
            thrown ->
                thrown
                    .toString()
                    .replaceFirst("^[\\w.]*FarFailure: ", "")
                    .split("[:\\s]", 2)[0]
                    .replaceAll(".*\\.", ""))
        .toList();
  }

  /// What the probe was told of defects outside of any connection.
  public synchronized List<Throwable> broken() {
    return List.copyOf(broken);
  }

  /// Waits until so many connections have ended, and says why they did, in that order.
  public List<Cause.Kind> awaitClosed(int count) {
    Await.until(count + " connections have ended", LONG, () -> causes().size() >= count);
    return causes();
  }

  /// Waits until so many connections were opened.
  public void awaitAccepted(int count) {
    Await.until(count + " connections are open", LONG, () -> accepted() >= count);
  }
}
