package usher.testkit.drive;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import usher.session.Cause;
import usher.session.Limits;
import usher.session.Opening;
import usher.session.Outcome;
import usher.session.Peer;
import usher.session.Protocol;
import usher.session.Session;
import usher.session.Step;
import usher.session.Timeouts;
import usher.testkit.ManualClock;

/// Drives one session that datagrams carry, without a socket, a thread or a clock: one datagram in
/// at a time, and what it sends kept apart. Calls run at once, unless they are held.
///
/// It checks the session's side of the contract as [Rehearsal] does for streams: a session reaches
/// a park or an end within a bounded number of steps, writes no empty datagram, and waits for
/// something. A breach is a [ContractBroken]; what the session throws passes through.
///
/// One thread only.
public final class DatagramRehearsal {
  private static final int STEPS = 1_000_000;

  private final ManualClock clock;
  private final List<ByteBuffer> sent = new ArrayList<>();
  private final List<Step.Call> held = new ArrayList<>();
  private Session session;
  private boolean holding;
  private boolean over;
  private boolean wantsInput;

  /// @param session before its first datagram
  public DatagramRehearsal(Session session, ManualClock clock) {
    this.session = session;
    this.clock = clock;
    settle();
  }

  /// A session of a server, before its first datagram.
  ///
  /// @param host the address of its peer
  public static DatagramRehearsal of(Protocol protocol, String host, ManualClock clock) {
    Peer peer =
        new Peer() {
          @Override
          public String remote() {
            return host + ":2000";
          }

          @Override
          public String host() {
            return host;
          }

          @Override
          public String local() {
            return "192.0.2.1:69";
          }
        };
    var opening = new Opening(peer, Limits.DEFAULT, Timeouts.DEFAULT, clock);
    return new DatagramRehearsal(protocol.open(opening), clock);
  }

  /// Holds calls from now on until [#release].
  public DatagramRehearsal hold() {
    holding = true;
    return this;
  }

  /// Runs the call that was held first.
  public DatagramRehearsal release() {
    Step.Call call = held.removeFirst();
    Outcome outcome = Calls.outcome(call);
    if (!over) {
      session.complete(call.key(), outcome);
      settle();
    }
    return this;
  }

  /// How many calls are held.
  public int held() {
    return held.size();
  }

  /// A datagram comes. It is dropped where the session waits for none, and what the session does
  /// not take of it is dropped as well.
  public DatagramRehearsal hear(ByteBuffer datagram) {
    if (!over && wantsInput) {
      session.receive(datagram);
      settle();
    }
    return this;
  }

  /// Time has passed.
  public DatagramRehearsal tick() {
    if (!over && session.deadline() <= clock.getAsLong()) {
      session.expire(clock.getAsLong());
      settle();
    }
    return this;
  }

  /// Time goes on to the next deadline.
  public DatagramRehearsal expire() {
    clock.advance(Math.max(0, session.deadline() - clock.getAsLong()));
    return tick();
  }

  /// The server wants to end.
  public DatagramRehearsal drain(long parting) {
    session.drain(parting);
    settle();
    return this;
  }

  /// The connection is gone.
  public DatagramRehearsal lose() {
    if (!over) {
      over = true;
      session.lost(Cause.CUT);
    }
    return this;
  }

  /// Whether it has ended.
  public boolean over() {
    return over;
  }

  /// The session itself.
  public Session session() {
    return session;
  }

  /// When the session wants to be told of the time.
  public long deadline() {
    return over ? Session.NEVER : session.deadline();
  }

  /// The datagrams that were sent since the last time.
  public List<ByteBuffer> take() {
    List<ByteBuffer> all = List.copyOf(sent);
    sent.clear();
    return all;
  }

  private void settle() {
    for (int i = 0; i < STEPS; i++) {
      switch (session.next(clock.getAsLong())) {
        case Step.Write(ByteBuffer bytes) -> {
          Rehearsal.check(bytes.hasRemaining(), "a session wrote nothing");
          sent.add(ByteBuffer.allocate(bytes.remaining()).put(bytes).flip());
        }
        case Step.Call call -> {
          if (holding) {
            held.add(call);
          } else {
            session.complete(call.key(), Calls.outcome(call));
          }
        }
        case Step.Become(Session next) -> session = next;
        case Step.Park(boolean input) -> {
          wantsInput = input;
          boolean waits = !held.isEmpty() || session.deadline() != Session.NEVER;
          Rehearsal.check(waits, "a session waits for nothing");
          return;
        }
        case Step.Close _ -> {
          over = true;
          session.lost(Cause.FINISHED);
          return;
        }
        case Step other -> throw new ContractBroken("no step of datagrams: " + other);
      }
    }
    throw new ContractBroken("no park within " + STEPS + " steps");
  }
}
