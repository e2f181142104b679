package usher.cli.lab;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import usher.cli.console.Failure;
import usher.http.HttpHandler;
import usher.lab.load.LoadPlan;
import usher.server.DatagramHandler;
import usher.server.StreamHandler;

/// Which kind of handler a user's class is, found without making one.
final class HandlerKind {
  private HandlerKind() {}

  /// How it is spoken to.
  static LoadPlan.Wire of(String name, String classPath) {
    List<URL> places = new ArrayList<>();
    for (String entry : classPath.split(File.pathSeparator, -1)) {
      if (!entry.isEmpty()) {
        places.add(place(entry));
      }
    }
    try (var loader =
        new URLClassLoader(places.toArray(URL[]::new), HandlerKind.class.getClassLoader())) {
      Class<?> type = Class.forName(name, false, loader);
      if (HttpHandler.class.isAssignableFrom(type)) {
        return LoadPlan.Wire.HTTP;
      }
      if (StreamHandler.class.isAssignableFrom(type)) {
        return LoadPlan.Wire.LINE;
      }
      if (DatagramHandler.class.isAssignableFrom(type)) {
        return LoadPlan.Wire.DATAGRAM;
      }
    } catch (ClassNotFoundException | LinkageError absent) {
      throw Failure.usage(
          "--handler: there is no class " + name + "; say where with --classpath JAR-OR-FOLDER");
    } catch (java.io.IOException closed) {
      throw Failure.failed("the class path cannot be read: " + closed.getMessage());
    }
    throw Failure.usage(
        "--handler: "
            + name
            + " implements none of HttpHandler, StreamHandler and DatagramHandler");
  }

  private static URL place(String entry) {
    Path path = Path.of(entry);
    if (!Files.exists(path)) {
      throw Failure.usage("--classpath: " + entry + " is not there");
    }
    try {
      return path.toUri().toURL();
    } catch (MalformedURLException wrong) {
      throw Failure.usage("--classpath: " + entry + ": " + wrong.getMessage());
    }
  }
}
