package usher.testkit;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The class files that lie beside a class: in the same folder of classes, or in the same jar.
public final class Classes {
  private static final String END = ".class";

  private Classes() {}

  /// The names of all classes beside this one, nested ones included, in alphabetical order.
  public static List<String> beside(Class<?> one) {
    return List.copyOf(bytesBeside(one).keySet());
  }

  /// The bytes of all class files beside this one, by the name of the class.
  public static Map<String, byte[]> bytesBeside(Class<?> one) {
    CodeSource source = one.getProtectionDomain().getCodeSource();
    if (source == null) {
      throw new IllegalArgumentException(one + " comes from no file");
    }
    try {
      Path place = Path.of(source.getLocation().toURI());
      if (Files.isDirectory(place)) {
        return walk(place);
      }
      try (FileSystem jar =
          FileSystems.newFileSystem(URI.create("jar:" + place.toUri()), Map.of())) {
        return walk(jar.getPath("/"));
      }
    } catch (IOException | URISyntaxException thrown) {
      throw new IllegalStateException("cannot read " + source.getLocation(), thrown);
    }
  }

  private static Map<String, byte[]> walk(Path root) throws IOException {
    Map<String, byte[]> classes = new TreeMap<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        String name = root.relativize(file).toString().replace('\\', '/');
        if (name.endsWith(END) && !name.endsWith("-info.class")) {
          String plain = name.substring(0, name.length() - END.length()).replace('/', '.');
          classes.put(plain, Files.readAllBytes(file));
        }
      }
    }
    return classes;
  }
}
