package usher.cli.console;

import java.lang.reflect.Proxy;

/// Signals of the system, heard by whoever wants to act on one: through `sun.misc.Signal`, the
/// documented if unsupported way, called by reflection because javac warns of the name in a manner
/// that cannot be switched off. A signal that was ignored when the process started (`nohup`, a
/// shell's `&`) stays so.
public final class Signals {
  private Signals() {}

  /// Has something done when a signal comes, in place of what the JVM would do; on a thread that is
  /// needed for the next one.
  ///
  /// @param name without its `SIG`: `INT`
  public static void handle(String name, Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object ours =
          Proxy.newProxyInstance(
              handler.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, arguments) -> {
                action.run();
                return null;
              });
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), ours);
    } catch (ReflectiveOperationException absent) {
      // The JVM's own way with this signal remains: it ends the process at once.
    }
  }
}
