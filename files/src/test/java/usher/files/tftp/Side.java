package usher.files.tftp;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import usher.files.tftp.wire.Packet;
import usher.files.tftp.wire.TftpException;
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

/// One side of a transfer without a socket: a session that is driven by hand, as its drivers would,
/// a datagram at a time. Calls run at once, unless they are held.
final class Side {
  private static final int STEPS = 1_000_000;

  private final ManualClock clock;
  private final List<ByteBuffer> sent = new ArrayList<>();
  private final List<Step.Call> held = new ArrayList<>();
  private Session session;
  private boolean holding;
  private boolean over;
  private boolean wantsInput;

  Side(Session session, ManualClock clock) {
    this.session = session;
    this.clock = clock;
    settle();
  }

  /// A session of a server, before its first datagram.
  static Side of(Protocol protocol, String host, ManualClock clock) {
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
    return new Side(
        protocol.open(new Opening(peer, Limits.DEFAULT, Timeouts.DEFAULT, clock)), clock);
  }

  Side hold() {
    holding = true;
    return this;
  }

  /// Runs the call that was held first.
  Side release() {
    Step.Call call = held.removeFirst();
    Outcome outcome = run(call);
    if (!over) {
      session.complete(call.key(), outcome);
      settle();
    }
    return this;
  }

  int held() {
    return held.size();
  }

  Side hear(Packet packet) {
    return hear(packet.datagram());
  }

  /// A datagram comes; it is dropped where the session does not take it, and over where it waits
  /// for none.
  Side hear(ByteBuffer datagram) {
    if (!over && wantsInput) {
      session.receive(datagram);
      settle();
    }
    return this;
  }

  /// Time has passed.
  Side tick() {
    if (!over && session.deadline() <= clock.getAsLong()) {
      session.expire(clock.getAsLong());
      settle();
    }
    return this;
  }

  /// Time goes on to the next deadline.
  Side expire() {
    clock.advance(Math.max(0, session.deadline() - clock.getAsLong()));
    return tick();
  }

  Side drain(long parting) {
    session.drain(parting);
    settle();
    return this;
  }

  Side lose() {
    if (!over) {
      over = true;
      session.lost(Cause.CUT);
    }
    return this;
  }

  boolean over() {
    return over;
  }

  Session session() {
    return session;
  }

  long deadline() {
    return over ? Session.NEVER : session.deadline();
  }

  /// What was sent since the last time, as bytes.
  List<ByteBuffer> takeBytes() {
    List<ByteBuffer> all = List.copyOf(sent);
    sent.clear();
    return all;
  }

  /// What was sent since the last time.
  List<Packet> take() {
    return takeBytes().stream().map(Side::packet).toList();
  }

  /// The one packet that was sent since the last time.
  Packet only() {
    List<Packet> all = take();
    if (all.size() != 1) {
      throw new AssertionError("not one packet: " + all);
    }
    return all.getFirst();
  }

  private static Packet packet(ByteBuffer bytes) {
    try {
      return Packet.of(bytes.duplicate());
    } catch (TftpException wrong) {
      throw new AssertionError(wrong);
    }
  }

  private void settle() {
    for (int i = 0; i < STEPS; i++) {
      switch (session.next(clock.getAsLong())) {
        case Step.Write(ByteBuffer bytes) -> {
          ByteBuffer copy = ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
          sent.add(copy);
        }
        case Step.Call call -> {
          if (holding) {
            held.add(call);
          } else {
            session.complete(call.key(), run(call));
          }
        }
        case Step.Become(Session next) -> session = next;
        case Step.Park(boolean input) -> {
          wantsInput = input;
          if (held.isEmpty() && session.deadline() == Session.NEVER) {
            throw new AssertionError("a session waits for nothing");
          }
          return;
        }
        case Step.Close _ -> {
          over = true;
          session.lost(Cause.FINISHED);
          return;
        }
        case Step other -> throw new AssertionError("no step of a transfer: " + other);
      }
    }
    throw new AssertionError("no end of steps");
  }

  private static Outcome run(Step.Call call) {
    try {
      @Nullable Object value = call.task().run();
      return new Outcome.Value(value);
    } catch (Exception thrown) {
      return new Outcome.Failure(thrown);
    }
  }
}
