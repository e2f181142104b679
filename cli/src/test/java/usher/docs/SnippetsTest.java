package usher.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Compiles each Java snippet of the README and the docs. A snippet with a `main` is a program of
/// its own; any other stands in a method, with the packages of usher and the JDK's everyday ones at
/// hand.
class SnippetsTest {
  private static final Pattern SNIPPET =
      Pattern.compile("^```java\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
  private static final String BEFORE =
      """
      import static java.nio.charset.StandardCharsets.UTF_8;
      import java.io.*;
      import java.nio.*;
      import java.nio.file.*;
      import java.time.*;
      import java.util.*;
      import usher.http.*;
      import usher.http.route.*;
      import usher.http.site.*;
      import usher.server.*;
      import usher.service.*;
      import usher.session.*;
      class Snippet {
        void snippet() throws Exception {
      """;

  @TempDir Path classes;

  @TestFactory
  Stream<DynamicTest> every_snippet_compiles() throws IOException {
    Path root = root();
    List<DynamicTest> tests = new ArrayList<>();
    List<Path> pages;
    try (Stream<Path> all = Files.walk(root.resolve("docs"))) {
      pages =
          new ArrayList<>(all.filter(page -> page.toString().endsWith(".md")).sorted().toList());
    }
    pages.addFirst(root.resolve("README.md"));
    for (Path page : pages) {
      Matcher snippets = SNIPPET.matcher(Files.readString(page));
      for (int i = 1; snippets.find(); i++) {
        String code = snippets.group(1);
        tests.add(
            DynamicTest.dynamicTest(
                root.relativize(page) + " snippet " + i,
                () -> assertThat(troubles(code)).as(code).isEmpty()));
      }
    }
    assertThat(tests).as("snippets found").hasSizeGreaterThan(1);
    return tests.stream();
  }

  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("README.md"))) {
      folder = folder.getParent();
    }
    return folder;
  }

  private String troubles(String code) throws IOException {
    String source = code.contains("void main(") ? code : BEFORE + code + "}}";
    JavaFileObject file =
        new SimpleJavaFileObject(URI.create("string:///Snippet.java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignored) {
            return source;
          }
        };
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      files.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(classes));
      List<String> options =
          List.of("--release", "25", "-proc:none", "-cp", System.getProperty("java.class.path"));
      boolean good = compiler.getTask(said, files, null, options, null, List.of(file)).call();
      return good ? "" : said.toString();
    }
  }
}
