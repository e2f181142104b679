package usher.testkit.contract;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import usher.session.Capability;
import usher.session.Carriage;
import usher.session.Cause;
import usher.session.Opening;
import usher.session.Outcome;
import usher.session.Protocol;
import usher.session.Session;
import usher.session.Step;

/// A protocol that watches whether the driver keeps its side of the bargain of [Session], call by
/// call. Every protocol of a trial is wrapped so, hence all behaviours test these rules as well:
/// - one caller at a time, never from within another method of the same session;
/// - no call after [Session#lost] or [Step.Become]; [Session#lost] once for every session;
/// - the end of the input and the drain are told once; no new byte follows the end of the input;
/// - bytes, at least one, are offered only to a session that parks for input;
/// - a completion answers a call that was asked for, once;
/// - no deadline is called before its time, and time never runs backwards.
final class Strict {
  private static final int ENOUGH = 5;

  private final Consumer<String> told;
  private int breaches;
  private int opened;
  private int ended;

  /// @param told what the driver did wrong first, in that order
  Strict(Consumer<String> told) {
    this.told = told;
  }

  /// Sessions that were opened and neither lost nor replaced.
  synchronized int alive() {
    return opened - ended;
  }

  Protocol over(Protocol protocol) {
    return new Watched(protocol);
  }

  private synchronized void breach(String text) {
    if (breaches++ < ENOUGH) {
      told.accept(text + " (on " + Thread.currentThread().getName() + ")");
    }
  }

  private synchronized void opens() {
    opened++;
  }

  private synchronized void ends() {
    ended++;
  }

  private final class Watched implements Protocol {
    private final Protocol protocol;

    Watched(Protocol protocol) {
      this.protocol = protocol;
    }

    @Override
    public String name() {
      return protocol.name();
    }

    @Override
    public Session open(Opening opening) {
      return new WatchedSession(protocol.open(opening));
    }

    @Override
    public Set<Capability> needs() {
      return protocol.needs();
    }

    @Override
    public Carriage carriage() {
      return protocol.carriage();
    }

    @Override
    public ByteBuffer busy() {
      return protocol.busy();
    }
  }

  private final class WatchedSession implements Session {
    private final Session session;
    private final AtomicReference<@Nullable String> inside = new AtomicReference<>();
    private final Set<Long> asked = new HashSet<>();
    private boolean wantsInput;
    private boolean endTold;
    private boolean drainTold;
    private boolean over;
    private int left;
    private long time;
    private long deadline;

    WatchedSession(Session session) {
      this.session = session;
      opens();
    }

    private void enter(String what) {
      if (!inside.compareAndSet(null, what)) {
        breach(what + " was called within " + inside.get());
      }
      if (over) {
        breach(what + " was called after the end of the session");
      }
    }

    private void leave() {
      inside.set(null);
    }

    private void at(long now) {
      if (now < time) {
        breach("time ran backwards, from " + time + " to " + now);
      }
      time = now;
    }

    @Override
    public void receive(ByteBuffer in) {
      enter("receive");
      try {
        if (!in.hasRemaining()) {
          breach("receive was called without a byte");
        }
        if (!wantsInput) {
          breach("receive was called though no input was wanted");
        }
        if (endTold && in.remaining() > left) {
          breach("bytes followed the end of the input");
        }
        session.receive(in);
        left = in.remaining();
      } finally {
        leave();
      }
    }

    @Override
    public void receiveEnd() {
      enter("receiveEnd");
      try {
        if (endTold) {
          breach("receiveEnd was called twice");
        }
        endTold = true;
        session.receiveEnd();
      } finally {
        leave();
      }
    }

    @Override
    public void complete(long key, Outcome outcome) {
      enter("complete");
      try {
        if (!asked.remove(key)) {
          breach("complete was called for " + key + ", which was not asked for");
        }
        session.complete(key, outcome);
      } finally {
        leave();
      }
    }

    @Override
    public void expire(long now) {
      enter("expire");
      try {
        at(now);
        if (now < deadline) {
          breach("expire was called " + (deadline - now) + " ns early");
        }
        session.expire(now);
      } finally {
        leave();
      }
    }

    @Override
    public void drain(long parting) {
      enter("drain");
      try {
        if (drainTold) {
          breach("drain was called twice");
        }
        drainTold = true;
        session.drain(parting);
      } finally {
        leave();
      }
    }

    @Override
    public void lost(Cause cause) {
      enter("lost");
      try {
        over = true;
        ends();
        session.lost(cause);
      } finally {
        leave();
      }
    }

    @Override
    public Step next(long now) {
      enter("next");
      try {
        at(now);
        Step step = session.next(now);
        wantsInput = step instanceof Step.Park(boolean wants) && wants;
        return switch (step) {
          case Step.Call call -> {
            asked.add(call.key());
            yield step;
          }
          case Step.Converse converse -> {
            asked.add(converse.key());
            yield step;
          }
          case Step.Become(Session other) -> {
            over = true;
            ends();
            yield new Step.Become(new WatchedSession(other));
          }
          default -> step;
        };
      } finally {
        leave();
      }
    }

    @Override
    public String task() {
      return session.task();
    }

    @Override
    public long deadline() {
      enter("deadline");
      try {
        deadline = session.deadline();
        return deadline;
      } finally {
        leave();
      }
    }
  }
}
