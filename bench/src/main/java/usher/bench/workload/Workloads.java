package usher.bench.workload;

import java.util.List;
import usher.bench.contender.Family;
import usher.bench.measure.Wrk;
import usher.bench.workload.Workload.Field;
import usher.bench.workload.Workload.IdleActive;
import usher.bench.workload.Workload.IdleMemory;
import usher.bench.workload.Workload.Load;
import usher.bench.workload.Workload.StartUp;

/// The workloads, as data. Requests, connections and paths of every scenario are here.
public final class Workloads {
  public static final String KEEP_ALIVE = "keep-alive";
  public static final String PIPELINED = "pipelined";
  public static final String BLOCKING = "blocking";
  public static final String IDLE_MEMORY = "idle-memory";
  public static final String IDLE_ACTIVE = "idle-active";
  public static final String FILE_10K = "file-10k";
  public static final String FILE_1M = "file-1m";
  public static final String CLOSE = "close";
  public static final String START_UP = "start-up";

  private static final String HELLO = "/hello";
  private static final int CONNECTIONS = 64;
  private static final int PIPELINE = 16;

  private static final Content.StaticFile SMALL_FILE = new Content.StaticFile("10k.txt", 10 * 1024);
  private static final Content.StaticFile LARGE_FILE =
      new Content.StaticFile("1m.txt", 1024 * 1024);

  /// The files that the static workloads ask for.
  public static final List<Content.StaticFile> FILES = List.of(SMALL_FILE, LARGE_FILE);

  private static final Field EVERYBODY =
      new Field(List.of(Family.NGINX, Family.USHER, Family.PEER), List.of(), List.of());

  private Workloads() {}

  /// All of them, in the order in which they run.
  ///
  /// @param held how many connections the idle ones hold
  /// @param starts how often a server is started in one round of the start-up
  public static List<Workload> all(int held, int starts) {
    return List.of(
        new Load(
            KEEP_ALIVE,
            "Small answer, 64 keep-alive connections",
            EVERYBODY,
            shape(HELLO, 1, false),
            new Content.Greeting(),
            "limit",
            true),
        new Load(
            PIPELINED,
            "The same, pipelined 16 deep",
            new Field(
                List.of(Family.NGINX, Family.USHER, Family.PEER), List.of(), List.of("iterative")),
            shape(HELLO, PIPELINE, false),
            new Content.Greeting(),
            "limit",
            true),
        new Load(
            BLOCKING,
            "Small answer of a handler declared blocking, 64 keep-alive connections",
            new Field(List.of(Family.USHER), List.of("vertx", "undertow"), List.of("iterative")),
            shape("/hello-blocking", 1, false),
            new Content.Greeting(),
            "limit",
            true),
        new Load(
            CLOSE,
            "A connection a request, 64 at a time",
            new Field(List.of(Family.USHER, Family.PEER), List.of(), List.of()),
            shape(HELLO, 1, true),
            new Content.Greeting(),
            "nginx",
            false),
        file(FILE_10K, "Static file of 10 KB, 64 keep-alive connections", SMALL_FILE),
        file(FILE_1M, "Static file of 1 MB, 64 keep-alive connections", LARGE_FILE),
        new IdleMemory(
            IDLE_MEMORY,
            "Memory an idle keep-alive connection, %,d held".formatted(held),
            new Field(
                List.of(Family.NGINX, Family.USHER, Family.PEER),
                List.of(),
                List.of("iterative", "thread-pool")),
            HELLO,
            held),
        new IdleActive(
            IDLE_ACTIVE,
            "64 active connections beside %,d idle ones".formatted(held),
            new Field(
                List.of(Family.NGINX),
                List.of("event-loop", "event-loops", "event-loop-workers", "virtual-threads"),
                List.of()),
            shape(HELLO, 1, false),
            held),
        new StartUp(
            START_UP,
            "From exec to the first answer",
            new Field(
                List.of(Family.LIMIT, Family.NGINX, Family.USHER, Family.PEER),
                List.of(),
                List.of()),
            "/",
            starts));
  }

  private static Load file(String name, String title, Content.StaticFile content) {
    return new Load(
        name,
        title,
        new Field(List.of(Family.USHER), List.of(), List.of()),
        shape("/static/" + content.name(), 1, false),
        content,
        "nginx",
        true);
  }

  private static Wrk.Shape shape(String path, int depth, boolean close) {
    return new Wrk.Shape(path, CONNECTIONS, depth, close);
  }
}
