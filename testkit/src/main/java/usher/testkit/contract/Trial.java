package usher.testkit.contract;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import usher.server.Address;
import usher.server.DatagramHandler;
import usher.server.Drained;
import usher.server.Model;
import usher.server.Server;
import usher.session.Protocol;
import usher.testkit.Await;

/// One behaviour under one model over one transport: its servers, its clients, and who watches
/// them.
///
/// When the behaviour is over everything is closed, and it must be as it was before: no connection
/// is served, every session has been told that it is lost, no descriptor and no thread is left, the
/// driver has kept the contract of the session in each call, and nothing of the server itself
/// broke.
public final class Trial {
  /// Long enough for anything that is going to happen. A trial that reaches it has failed.
  public static final Duration LONG = Duration.ofSeconds(20);

  private Model model;
  private final Transport transport;
  private final Site site;
  private final Board board;

  /// Whether this is the server's side only: a child that runs the behaviour up to its server.
  private final boolean child;

  private final Witness witness = new Witness();
  private final Strict strict;
  private final List<Server> servers = new ArrayList<>();
  private final Deque<AutoCloseable> held = new ArrayDeque<>();
  private boolean mayBreak;

  private Trial(Model model, Transport transport, Site site, Board board, boolean child) {
    this.model = model;
    this.transport = transport;
    this.site = site;
    this.board = board;
    this.child = child;
    this.strict = new Strict(board::breach);
  }

  /// Runs a behaviour, and looks at what it leaves behind.
  static void run(Behaviour behaviour, Model model, Transport transport) throws Exception {
    try (NearBoard board = new NearBoard()) {
      run(behaviour, model, transport, board);
    }
  }

  /// The same with a board that was made for it.
  static void run(Behaviour behaviour, Model model, Transport transport, Board board)
      throws Exception {
    try (Site site = transport.open()) {
      Trial trial = new Trial(model, transport, site, board, false);
      try (Watchdog _ = new Watchdog(trial::abandon)) {
        behaviour.run(trial);
        trial.finish();
      } finally {
        trial.abandon();
      }
    }
  }

  /// Runs a behaviour in a child, up to the start of the server that the child is for. That one
  /// does not return; no other server of the behaviour listens here.
  ///
  /// @param site where its servers would listen
  static void serve(Behaviour behaviour, Model model, Transport transport, Site site, Board board)
      throws Exception {
    behaviour.run(new Trial(model, transport, site, board, true));
  }

  private void finish() throws Exception {
    releaseAll();
    for (Server server : servers()) {
      server.close();
      Await.until("no client is served any more", LONG, () -> server.active() == 0);
    }
    // Sessions of other processes are not seen here, and those of a process that is killed are told
    // nothing.
    Await.until("every session has been told that it is lost", LONG, () -> strict.alive() == 0);
    Expect.equal("breaches of the contract by the driver", List.of(), board.breaches());
    if (!mayBreak) {
      for (Throwable thrown : witness.broken()) {
        throw new AssertionError("the server's own code failed", thrown);
      }
    }
  }

  /// Ends whatever is still under way, so that nothing waits for it any longer.
  private void abandon() {
    try {
      releaseAll();
    } catch (Exception ignored) {
      // The behaviour has failed already, and for a better reason.
    }
    servers().forEach(Server::close);
  }

  // ---- what a behaviour works with

  /// The model on trial.
  public Model model() {
    return model;
  }

  /// Has the servers that come seat their clients so: the model on trial with another size.
  public void model(Model sized) {
    model = sized;
  }

  /// The transport on trial.
  public Transport transport() {
    return transport;
  }

  /// Whether each client costs the start of a process.
  public boolean costly() {
    return model instanceof Model.ProcessPerConnection;
  }

  /// How long clients may take where a behaviour waits until they have taken too long. A process
  /// that has just started is itself slow at first.
  public Duration soon() {
    return Duration.ofMillis(model.processes() ? 400 : 60);
  }

  /// Does what clients do between the starts of two servers. A child does without: it has no
  /// clients.
  public void outside(Expect.Code code) throws Exception {
    if (!child) {
      code.run();
    }
  }

  /// What handlers share with the behaviour; taken before a server is started.
  public Board board() {
    return board;
  }

  /// The probe of all servers of this trial.
  public Witness witness() {
    return witness;
  }

  Site site() {
    return site;
  }

  /// From here on the server's own code may report that it broke: the behaviour looks itself.
  public void mayBreak() {
    mayBreak = true;
  }

  /// A server that speaks this at a fresh place, started.
  public Server serve(Protocol protocol) throws IOException {
    return serve(protocol, _ -> {});
  }

  /// The same, with more to say about it.
  public Server serve(Protocol protocol, Consumer<Server.Builder> more) throws IOException {
    Server.Builder builder = describe(protocol);
    more.accept(builder);
    return keep(builder.build()).start();
  }

  /// A server that would speak this at a fresh place.
  public Server.Builder describe(Protocol protocol) throws IOException {
    Server.Builder builder = bare(protocol);
    site.listen(builder, null);
    return builder;
  }

  /// A server that handles datagrams so at a fresh place, started.
  public Server serve(DatagramHandler handler) throws IOException {
    return serve(handler, _ -> {});
  }

  /// The same, with more to say about it.
  public Server serve(DatagramHandler handler, Consumer<Server.Builder> more) throws IOException {
    Server.Builder builder = describe(handler);
    more.accept(builder);
    return keep(builder.build()).start();
  }

  /// A server that would handle datagrams so at a fresh place.
  public Server.Builder describe(DatagramHandler handler) {
    return Server.builder().model(model).probe(witness).listen(udp().fresh(), handler);
  }

  /// The site of a trial with datagrams.
  UdpSite udp() {
    if (site instanceof UdpSite udp) {
      return udp;
    }
    throw new AssertionError("no site of datagrams");
  }

  /// A server that listens nowhere yet.
  public Server.Builder bare(Protocol protocol) {
    return Server.builder().model(model).probe(witness).serve(strict.over(protocol));
  }

  /// Has a server listen at a further fresh place and speak this there.
  public void listen(Server.Builder builder, Protocol own) throws IOException {
    site.listen(builder, strict.over(own));
  }

  /// Has the trial close this server in the end.
  public Server keep(Server server) {
    synchronized (servers) {
      servers.add(server);
    }
    return server;
  }

  /// The server that was made first.
  public Server server() {
    return servers().getFirst();
  }

  /// A client of the server that was made first.
  public Client client() throws IOException {
    return client(server());
  }

  /// A client of this server's first address.
  public Client client(Server server) throws IOException {
    return client(server.addresses().getFirst());
  }

  /// A client of whoever listens there.
  public Client client(Address address) throws IOException {
    if (child) {
      throw new IllegalStateException("there are no clients in a child");
    }
    return hold(new Client(site.connect(address)));
  }

  /// A client that sends datagrams to the server that was made first.
  public Caller caller() throws IOException {
    return caller(server().addresses().getFirst());
  }

  /// A client that sends datagrams there.
  public Caller caller(Address address) throws IOException {
    return hold(new Caller(address));
  }

  /// A client that has a conversation in datagrams with the server that was made first.
  public Talker talker() throws IOException {
    return talker(server().addresses().getFirst());
  }

  /// A client that has a conversation in datagrams with whoever receives there.
  public Talker talker(Address address) throws IOException {
    return hold(new Talker(address));
  }

  /// Drains a server while the client does this. Then all clients hang up and all latches open: who
  /// is let go has to hang up as well, since the server lingers for it.
  public Drained drain(Server server, Expect.Code meanwhile) throws Exception {
    CompletableFuture<Drained> drained = new CompletableFuture<>();
    Task draining = start(() -> drained.complete(server.drain(LONG)));
    try {
      meanwhile.run();
    } finally {
      releaseAll();
    }
    draining.join();
    return drained.join();
  }

  /// A latch that is open at the end of the trial at the latest, so that nobody waits for ever.
  public CountDownLatch latch() {
    CountDownLatch latch = board.latch();
    hold(latch::countDown);
    return latch;
  }

  /// Waits for a latch of this trial.
  public static void await(CountDownLatch latch) throws InterruptedException {
    if (!latch.await(LONG.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("a latch stayed shut");
    }
  }

  /// Closes this at the end of the trial, before the servers are closed.
  public <T extends AutoCloseable> T hold(T thing) {
    synchronized (held) {
      held.push(thing);
    }
    return thing;
  }

  /// Runs this on a thread of its own.
  ///
  /// @return joins it, and throws what it threw
  public Task start(Expect.Code code) {
    Task task = new Task(code);
    Thread.ofPlatform().daemon().name("contract-task").start(task);
    return task;
  }

  /// Something that a trial does at the same time.
  public static final class Task implements Runnable {
    private final Expect.Code code;
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile @Nullable Throwable thrown;

    private Task(Expect.Code code) {
      this.code = code;
    }

    @Override
    public void run() {
      try {
        code.run();
      } catch (Throwable caught) {
        thrown = caught;
      } finally {
        done.countDown();
      }
    }

    /// Waits for the end, and throws what was thrown.
    public void join() throws InterruptedException {
      await(done);
      Throwable caught = thrown;
      if (caught != null) {
        throw new AssertionError("a task of the trial failed", caught);
      }
    }
  }

  /// The server serves others: a client comes, asks with a line, gets its echo and goes.
  public void servesOthers() throws IOException {
    try (Client other = client()) {
      Expect.equal("an answer for somebody else", "hello", other.ask("hello"));
    }
  }

  /// The server answers others: a client comes, and gets its echo.
  public void answersOthers() throws IOException {
    try (Caller other = caller()) {
      Expect.equal("an answer for somebody else", "hello", other.ask("hello"));
    }
  }

  private List<Server> servers() {
    synchronized (servers) {
      return List.copyOf(servers);
    }
  }

  private void releaseAll() throws Exception {
    while (true) {
      AutoCloseable next;
      synchronized (held) {
        next = held.poll();
      }
      if (next == null) {
        return;
      }
      next.close();
    }
  }
}
