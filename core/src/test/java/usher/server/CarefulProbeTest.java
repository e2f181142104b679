package usher.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import usher.session.Cause;
import usher.session.Peer;

final class CarefulProbeTest {
  private static final Peer PEER =
      new Peer() {
        @Override
        public String remote() {
          return "192.0.2.7:1";
        }

        @Override
        public String host() {
          return "192.0.2.7";
        }

        @Override
        public String local() {
          return "192.0.2.1:80";
        }
      };

  private final List<LogRecord> logged = new ArrayList<>();
  private final Logger logger = Logger.getLogger("usher");
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord record) {
          logged.add(record);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    logger.setUseParentHandlers(false);
    logger.addHandler(handler);
  }

  @AfterEach
  void stopListening() {
    logger.removeHandler(handler);
    logger.setUseParentHandlers(true);
  }

  private static Object argument(Class<?> type) {
    if (type == Peer.class) {
      return PEER;
    }
    if (type == Cause.class) {
      return Cause.FINISHED;
    }
    if (type == IOException.class || type == Throwable.class) {
      return new IOException("made for this test");
    }
    if (type == Probe.Refusal.class) {
      return Probe.Refusal.RATE;
    }
    if (type == Blocked.class) {
      return new Blocked(PEER, "", false, "main", 1, List.of());
    }
    return type == Probe.Drop.class ? Probe.Drop.CUT : 1L;
  }

  private static int call(Probe probe) throws IllegalAccessException, InvocationTargetException {
    int calls = 0;
    for (Method event : Probe.class.getMethods()) {
      if (event.getReturnType() == void.class) {
        Object[] arguments = new Object[event.getParameterCount()];
        for (int i = 0; i < arguments.length; i++) {
          arguments[i] = argument(event.getParameterTypes()[i]);
        }
        event.invoke(probe, arguments);
        calls++;
      }
    }
    return calls;
  }

  private static Probe proxy(java.lang.reflect.InvocationHandler handler) {
    return (Probe)
        Proxy.newProxyInstance(Probe.class.getClassLoader(), new Class<?>[] {Probe.class}, handler);
  }

  @Test
  void every_event_reaches_the_probe() throws Exception {
    List<String> events = new ArrayList<>();

    int calls =
        call(
            new CarefulProbe(
                proxy(
                    (_, method, _) -> {
                      events.add(method.getName());
                      return null;
                    })));

    assertThat(events).hasSize(calls).doesNotHaveDuplicates();
    assertThat(logged).isEmpty();
  }

  @Test
  void every_event_reaches_both_probes_of_a_pair() throws Exception {
    List<String> events = new ArrayList<>();
    Probe probe =
        proxy(
            (_, method, _) -> {
              events.add(method.getName());
              throw new IllegalStateException("made for this test");
            });

    int calls = call(new BothProbes(new CarefulProbe(probe), new CarefulProbe(probe)));

    assertThat(events).hasSize(2 * calls);
    assertThat(logged).hasSize(2 * calls);
  }

  @Test
  void whatever_a_probe_throws_is_logged_and_goes_no_further() throws Exception {
    int calls =
        call(
            new CarefulProbe(
                proxy(
                    (_, _, _) -> {
                      throw new StackOverflowError("made for this test");
                    })));

    assertThat(logged).hasSize(calls);
    assertThat(logged.getFirst().getThrown()).isInstanceOf(StackOverflowError.class);
  }
}
