package usher.lab.subject;

import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import usher.http.HttpHandler;
import usher.http.HttpProtocol;
import usher.server.Address;
import usher.server.DatagramHandler;
import usher.server.Server;
import usher.server.StreamHandler;

/// A handler of the user, found by its class's name or as a service that a jar announces:
/// [HttpHandler], [StreamHandler] or [DatagramHandler].
final class Handlers {
  private static final List<Class<?>> KINDS =
      List.of(HttpHandler.class, StreamHandler.class, DatagramHandler.class);

  private static final Address TCP = Address.tcp("127.0.0.1", 0);

  private Handlers() {}

  /// Of this class, made by its public constructor without parameters.
  ///
  /// @throws IllegalArgumentException if there is none, with what to do
  static Object named(String name) {
    try {
      Class<?> type = Class.forName(name);
      if (KINDS.stream().noneMatch(kind -> kind.isAssignableFrom(type))) {
        throw new IllegalArgumentException(
            name
                + " is no handler: it implements none of HttpHandler, StreamHandler, DatagramHandler");
      }
      return type.getConstructor().newInstance();
    } catch (ClassNotFoundException absent) {
      throw new IllegalArgumentException(
          "there is no class " + name + " on the class path; see --classpath", absent);
    } catch (NoSuchMethodException absent) {
      throw new IllegalArgumentException(
          name + " has no public constructor without parameters", absent);
    } catch (InvocationTargetException thrown) {
      throw new IllegalArgumentException(
          "the constructor of " + name + " throws " + thrown.getCause(), thrown);
    } catch (ReflectiveOperationException thrown) {
      throw new IllegalArgumentException(name + " cannot be made: " + thrown, thrown);
    }
  }

  /// The only one that is announced.
  static Object announced() {
    List<Object> found = new ArrayList<>();
    for (Class<?> kind : KINDS) {
      ServiceLoader.load(kind).forEach(found::add);
    }
    if (found.size() != 1) {
      throw new IllegalArgumentException(
          found.isEmpty()
              ? "no jar of the class path announces a handler as a service; name its class: --handler"
              : "several handlers are announced, name one with --handler: "
                  + found.stream().map(each -> each.getClass().getName()).toList());
    }
    return found.getFirst();
  }

  /// Has the handler served at a free port of its kind.
  static Server.Builder at(Server.Builder server, Object handler) {
    return switch (handler) {
      case HttpHandler http -> server.listen(TCP, HttpProtocol.of(http));
      case StreamHandler stream -> server.listen(TCP, stream.protocol("line"));
      case DatagramHandler datagram -> server.listen(Address.udp("127.0.0.1", 0), datagram);
      default -> throw new IllegalArgumentException("no handler: " + handler);
    };
  }
}
