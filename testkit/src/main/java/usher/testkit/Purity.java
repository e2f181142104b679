package usher.testkit;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.MethodTypeEntry;
import java.lang.classfile.constantpool.NameAndTypeEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.instruction.MonitorInstruction;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Looks into the class files of packages that claim to be pure, and finds what no pure code names:
/// sockets and channels (but for `FileChannel`, which is passed on), files, threads, clocks, locks,
/// executors, random sources, and state that all instances share.
///
/// It sees what a class names, in its code, its signatures and its fields. It does not see what is
/// reached through a class that is neither of the JDK nor claims to be pure, so such a class is a
/// finding too, as far as it belongs to this project.
public final class Purity {
  private static final Pattern DESCRIBED = Pattern.compile("L([\\w/$]+)[;<]");

  /// What no pure class names, by the beginning of its name; and what of it is harmless.
  private static final List<Ban> BANS =
      List.of(
          new Ban(
              "a channel",
              List.of("java/nio/channels/"),
              List.of("java/nio/channels/FileChannel", "java/nio/channels/ClosedChannelException")),
          new Ban(
              "a socket",
              List.of("java/net/", "javax/net/", "sun/nio/ch/"),
              List.of(
                  "java/net/URI",
                  "java/net/URISyntaxException",
                  "java/net/URLDecoder",
                  "java/net/URLEncoder")),
          new Ban(
              "a file or a process",
              List.of(
                  "java/nio/file/",
                  "java/io/File",
                  "java/io/RandomAccessFile",
                  "java/io/Console",
                  "java/lang/Process",
                  "java/lang/Runtime"),
              List.of("java/lang/RuntimeException")),
          new Ban(
              "a thread",
              List.of(
                  "java/lang/Thread",
                  "java/lang/InheritableThreadLocal",
                  "java/lang/ScopedValue",
                  "java/util/Timer"),
              List.of()),
          new Ban("a clock", List.of("java/time/Clock"), List.of()),
          new Ban(
              "a random source",
              List.of("java/util/Random", "java/util/random/", "java/util/SplittableRandom"),
              List.of("java/util/RandomAccess")),
          new Ban("a random source", List.of("java/security/SecureRandom"), List.of()),
          new Ban(
              "a lock, an executor or something else for several threads",
              List.of("java/util/concurrent/", "java/lang/invoke/VarHandle"),
              List.of(
                  "java/util/concurrent/CompletionStage",
                  "java/util/concurrent/CompletionException",
                  "java/util/concurrent/CancellationException",
                  "java/util/concurrent/TimeUnit")),
          new Ban(
              "the machine behind the JDK",
              List.of("sun/misc/", "jdk/internal/", "java/lang/foreign/", "java/lang/reflect/"),
              List.of()));

  /// Single members of classes that are harmless otherwise: a class, a name, and for some the
  /// beginning of what they take.
  private static final Map<String, String> BANNED_MEMBERS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("java/lang/System.nanoTime", "a clock"),
              Map.entry("java/lang/System.currentTimeMillis", "a clock"),
              Map.entry("java/lang/System.in", "a file or a process"),
              Map.entry("java/lang/System.out", "a file or a process"),
              Map.entry("java/lang/System.err", "a file or a process"),
              Map.entry("java/lang/System.exit", "a file or a process"),
              Map.entry("java/lang/Math.random", "a random source"),
              Map.entry("java/lang/StrictMath.random", "a random source"),
              Map.entry("java/util/UUID.randomUUID", "a random source"),
              Map.entry("java/util/Collections.shuffle", "a random source"),
              Map.entry("java/util/Date.<init>()", "a clock"),
              Map.entry("java/util/Calendar.getInstance", "a clock"),
              Map.entry("java/time/InstantSource.system", "a clock"),
              Map.entry("java/util/concurrent/TimeUnit.sleep", "a thread"),
              Map.entry("java/util/concurrent/CompletableFuture.supplyAsync", "a thread"),
              Map.entry("java/lang/Object.wait", "a lock"),
              Map.entry("java/lang/Object.notify", "a lock"),
              Map.entry("java/lang/Object.notifyAll", "a lock")));

  private final Map<String, byte[]> classes = new TreeMap<>();
  private final String project;
  private final Set<String> packages;

  private record Ban(String what, List<String> prefixes, List<String> harmless) {
    boolean bans(String name) {
      return prefixes.stream().anyMatch(name::startsWith)
          && harmless.stream().noneMatch(one -> name.equals(one) || name.startsWith(one + "$"));
    }
  }

  private Purity(String project, Set<String> packages) {
    this.project = project;
    this.packages = packages;
  }

  /// Looks into packages.
  ///
  /// @param project how the names of all classes of this project begin, such as `usher`
  /// @param packages the packages that claim to be pure, of this module and of others that it uses
  public static Purity of(String project, String... packages) {
    return new Purity(project, Set.copyOf(Arrays.asList(packages)));
  }

  /// Adds the classes that lie beside this one, if their packages claim to be pure.
  public Purity beside(Class<?> anchor) {
    Classes.bytesBeside(anchor)
        .forEach(
            (name, bytes) -> {
              if (packages.contains(packageOf(name))) {
                classes.put(name, bytes);
              }
            });
    return this;
  }

  /// The same without these classes. Whoever leaves one out says why.
  public Purity without(Predicate<String> names) {
    classes.keySet().removeIf(names);
    return this;
  }

  /// The names of the classes that are looked at.
  public Set<String> classes() {
    return Set.copyOf(classes.keySet());
  }

  /// What is impure, a line each, in alphabetical order; empty if all is pure.
  public List<String> findings() {
    List<String> findings = new ArrayList<>();
    classes.forEach((name, bytes) -> look(name, ClassFile.of().parse(bytes), findings));
    return findings;
  }

  private void look(String name, ClassModel model, List<String> findings) {
    Set<String> found = new TreeSet<>();
    for (String named : named(model)) {
      for (Ban ban : BANS) {
        if (ban.bans(named)) {
          found.add("names " + ban.what() + ": " + named.replace('/', '.'));
        }
      }
      String plain = named.replace('/', '.');
      if (plain.startsWith(project + ".") && !packages.contains(packageOf(plain))) {
        found.add("names what does not claim to be pure: " + plain);
      }
    }
    for (PoolEntry entry : model.constantPool()) {
      if (entry instanceof MemberRefEntry member) {
        member(member, found);
      }
    }
    for (FieldModel field : model.fields()) {
      boolean shared = field.flags().has(AccessFlag.STATIC) && !field.flags().has(AccessFlag.FINAL);
      if (shared) {
        found.add("shares state: " + field.fieldName().stringValue());
      }
    }
    for (MethodModel method : model.methods()) {
      boolean monitor =
          method.flags().has(AccessFlag.SYNCHRONIZED)
              || method
                  .code()
                  .map(code -> code.elementStream().anyMatch(MonitorInstruction.class::isInstance))
                  .orElse(false);
      if (monitor) {
        found.add("takes a lock: " + method.methodName().stringValue());
      }
    }
    found.forEach(text -> findings.add(name + " " + text));
  }

  private static void member(MemberRefEntry member, Set<String> found) {
    String owner = member.owner().asInternalName();
    String name = owner + "." + member.name().stringValue();
    String full = name + member.type().stringValue();
    BANNED_MEMBERS.forEach(
        (banned, what) -> {
          if (name.equals(banned) || (banned.endsWith(")") && full.startsWith(banned))) {
            found.add("names " + what + ": " + name.replace('/', '.'));
          }
        });
    boolean now = owner.startsWith("java/time/") && member.name().equalsString("now");
    if (now) {
      found.add("names a clock: " + name.replace('/', '.'));
    }
  }

  /// The internal names of all classes that the class file names.
  private static Set<String> named(ClassModel model) {
    Set<String> names = new TreeSet<>();
    for (PoolEntry entry : model.constantPool()) {
      switch (entry) {
        case ClassEntry one when one.asInternalName().startsWith("[") ->
            described(one.asInternalName(), names);
        case ClassEntry one -> names.add(one.asInternalName());
        case NameAndTypeEntry one -> described(one.type().stringValue(), names);
        case MethodTypeEntry one -> described(one.descriptor().stringValue(), names);
        default -> {}
      }
    }
    model
        .findAttribute(Attributes.signature())
        .ifPresent(signature -> described(signature.signature().stringValue(), names));
    for (FieldModel field : model.fields()) {
      described(field.fieldType().stringValue(), names);
      field
          .findAttribute(Attributes.signature())
          .ifPresent(signature -> described(signature.signature().stringValue(), names));
    }
    for (MethodModel method : model.methods()) {
      described(method.methodType().stringValue(), names);
      method
          .findAttribute(Attributes.signature())
          .ifPresent(signature -> described(signature.signature().stringValue(), names));
    }
    return names;
  }

  private static void described(String descriptor, Set<String> names) {
    for (Matcher match = DESCRIBED.matcher(descriptor); match.find(); ) {
      names.add(match.group(1));
    }
  }

  private static String packageOf(String name) {
    int dot = name.lastIndexOf('.');
    return dot < 0 ? "" : name.substring(0, dot);
  }
}
