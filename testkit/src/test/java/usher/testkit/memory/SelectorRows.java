package usher.testkit.memory;

import static java.nio.channels.SelectionKey.OP_ACCEPT;
import static java.nio.channels.SelectionKey.OP_READ;
import static java.nio.channels.SelectionKey.OP_WRITE;
import static usher.testkit.memory.Row.row;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What selectors and keys do. Scripts play on both sides in non-blocking mode.
final class SelectorRows {
  private SelectorRows() {}

  static List<Row> rows() {
    return List.of(
        row(
            "ready as long as there is something: level-triggered",
            s -> {
              Selector selector = s.selector();
              SelectionKey key = register(s.a, selector, OP_READ);
              s.say(selector.selectNow());
              s.b.write("xy");
              s.say(selector.select(), selector.selectedKeys().equals(Set.of(key)));
              s.say(selector.select(), "while the key stays selected");
              selector.selectedKeys().clear();
              s.say(selector.select(), Ops.text(key.readyOps()));
              selector.selectedKeys().clear();
              s.a.readNow();
              s.say(selector.selectNow(), selector.selectedKeys().size());
            },
            "0",
            "1 true",
            "0 while the key stays selected",
            "1 read",
            "0 0"),
        row(
            "the ready set of a selected key grows and never shrinks",
            s -> {
              Selector selector = s.selector();
              SelectionKey key = register(s.a, selector, OP_READ | OP_WRITE);
              s.say(selector.select(), Ops.text(key.readyOps()));
              s.b.write("x");
              s.a.awaitArrival();
              s.say(selector.select(), Ops.text(key.readyOps()));
              s.a.readNow();
              s.say(selector.select(), Ops.text(key.readyOps()));
              selector.selectedKeys().clear();
              s.say(selector.select(), Ops.text(key.readyOps()));
            },
            "1 write",
            "1 read write",
            "0 read write",
            "1 write"),
        row(
            "an action is handed each ready key, and none stays selected",
            s -> {
              Selector selector = s.selector();
              register(s.a, selector, OP_WRITE);
              register(s.b, selector, OP_READ | OP_WRITE);
              List<String> seen = new ArrayList<>();
              s.say(selector.select(key -> seen.add(Ops.text(key.readyOps()))));
              s.say(selector.select(key -> seen.add(Ops.text(key.readyOps())), 10_000));
              s.say(selector.selectNow(key -> seen.add(Ops.text(key.readyOps()))));
              s.say(seen.size(), selector.selectedKeys().size());
            },
            "2",
            "2",
            "2",
            "6 0"),
        row(
            "a connection makes a listener ready",
            s -> {
              Selector selector = s.selector();
              ServerSocketChannel listener = s.listen();
              listener.configureBlocking(false);
              SelectionKey key = listener.register(selector, OP_ACCEPT);
              s.say(selector.selectNow());
              s.connect(listener);
              s.connect(listener);
              s.say(selector.select(), Ops.text(key.readyOps()));
              s.open(listener.accept());
              selector.selectedKeys().clear();
              s.say(selector.select(), s.open(listener.accept()) != null, listener.accept());
              selector.selectedKeys().clear();
              s.say(selector.selectNow());
            },
            "0",
            "1 accept",
            "1 true null",
            "0"),
        row(
            "no interest, no event",
            s -> {
              Selector selector = s.selector();
              SelectionKey key = register(s.a, selector, 0);
              s.b.reset();
              s.a.awaitHangUp();
              s.say(selector.selectNow());
              key.interestOps(OP_READ);
              s.say(selector.select(), Ops.text(key.readyOps()));
              key.interestOps(0);
              selector.selectedKeys().clear();
              s.say(selector.selectNow());
            },
            "0",
            "1 read",
            "0"),
        row(
            "wakeup ends a blocked selection",
            s -> {
              Selector selector = s.selector();
              Worker<String> selecting = s.startBlocked(() -> "" + selector.select());
              s.say(selector.wakeup().equals(selector), selecting.result());
            },
            "true 0"),
        row(
            "wakeup ahead of a selection counts once",
            s -> {
              Selector selector = s.selector();
              selector.wakeup();
              selector.wakeup();
              s.say(selector.select());
              Worker<String> selecting = s.startBlocked(() -> "" + selector.select());
              s.say(selecting.isDone());
              selector.wakeup();
              selecting.result();
              selector.wakeup();
              s.say(selector.selectNow());
              Worker<String> again = s.startBlocked(() -> "" + selector.select(10_000));
              s.say(again.isDone());
              selector.wakeup();
              s.say(again.result());
            },
            "0",
            "false",
            "0",
            "false",
            "0"),
        row(
            "a timeout ends a selection",
            s -> {
              Selector selector = s.selector();
              register(s.a, selector, OP_READ);
              s.say(selector.select(1), selector.select(key -> s.say("never"), 1));
              s.say(End.outcome(() -> "" + selector.select(-1)));
            },
            "0 0",
            "IllegalArgumentException"),
        row(
            "arrival ends a blocked selection",
            s -> {
              Selector selector = s.selector();
              SelectionKey key = register(s.a, selector, OP_READ);
              Worker<String> selecting = s.startBlocked(() -> "" + selector.select());
              s.b.write("x");
              s.say(selecting.result(), Ops.text(key.readyOps()));
            },
            "1 read"),
        row(
            "an interrupt ends a blocked selection and nothing more",
            s -> {
              Selector selector = s.selector();
              register(s.a, selector, OP_READ);
              Worker<String> selecting =
                  s.startBlocked(
                      () -> selector.select() + " " + Thread.currentThread().isInterrupted());
              selecting.thread().interrupt();
              s.say(selecting.result(), selector.isOpen(), s.a.channel.isOpen());
              Worker<String> interrupted =
                  s.start(
                      () -> {
                        Thread.currentThread().interrupt();
                        return selector.select() + " " + selector.select(10_000);
                      });
              s.say(interrupted.result());
            },
            "0 true true true",
            "0 0"),
        row(
            "a changed interest counts from the next selection",
            s -> {
              Selector selector = s.selector();
              SelectionKey key = register(s.a, selector, OP_READ);
              Worker<String> selecting = s.startBlocked(() -> "" + selector.select());
              key.interestOps(OP_WRITE);
              selector.wakeup();
              s.say(selecting.result());
              s.say(selector.select(), Ops.text(key.readyOps()));
            },
            "0",
            "1 write"),
        row(
            "a registration counts from the next selection",
            s -> {
              Selector selector = s.selector();
              Worker<String> selecting = s.startBlocked(() -> "" + selector.select());
              SelectionKey key = register(s.a, selector, OP_WRITE);
              selector.wakeup();
              s.say(selecting.result(), selector.keys().size());
              s.say(selector.select(), Ops.text(key.readyOps()));
            },
            "0 1",
            "1 write"),
        row(
            "a cancelled key is in the set until the next selection",
            s -> {
              Selector selector = s.selector();
              SelectionKey key = register(s.a, selector, OP_WRITE);
              s.say(selector.select());
              key.cancel();
              key.cancel();
              s.say(key.isValid(), selector.keys().size(), selector.selectedKeys().size());
              s.say(s.a.channel.isRegistered(), key.equals(s.a.channel.keyFor(selector)));
              s.say(End.outcome(() -> "" + key.interestOps()));
              s.say(End.outcome(() -> "" + key.interestOps(OP_READ)));
              s.say(End.outcome(() -> "" + key.readyOps()));
              s.say(End.outcome(() -> "" + s.a.channel.register(selector, OP_READ)));
              s.say(selector.selectNow());
              s.say(selector.keys().size(), selector.selectedKeys().size());
              s.say(s.a.channel.isRegistered(), s.a.channel.keyFor(selector));
              s.say(s.a.channel.register(selector, OP_WRITE).equals(key), selector.selectNow());
            },
            "1",
            "false 1 1",
            "true true",
            "CancelledKeyException",
            "CancelledKeyException",
            "CancelledKeyException",
            "CancelledKeyException",
            "0",
            "0 0",
            "false null",
            "false 1"),
        row(
            "a key that an action cancels is handed on nevertheless",
            s -> {
              Selector selector = s.selector();
              List<SelectionKey> keys =
                  List.of(register(s.a, selector, OP_WRITE), register(s.b, selector, OP_WRITE));
              List<Boolean> valid = new ArrayList<>();
              int count =
                  selector.select(
                      key -> {
                        valid.add(key.isValid());
                        keys.forEach(SelectionKey::cancel);
                      });
              s.say(count, valid, selector.selectNow(), selector.keys().size());
            },
            "2 [true, false] 0 0"),
        row(
            "closing a channel cancels its keys",
            s -> {
              Selector selector = s.selector();
              SelectionKey key = register(s.a, selector, OP_READ);
              s.a.close();
              s.say(key.isValid(), selector.keys().size());
              s.say(selector.selectNow(), selector.keys().size());
            },
            "false 1",
            "0 0"),
        row(
            "a channel closed while registered: the end at once, the rest when flushed",
            s -> {
              Selector selector = s.selector();
              register(s.a, selector, OP_READ);
              s.a.close();
              s.say(s.b.read(), s.b.write("taken"), s.b.write("taken"));
              s.say(s.b.ready(OP_READ | OP_WRITE));
              selector.selectNow();
              s.b.awaitHangUp();
              s.say(s.b.writeUntilFailure(), s.b.readNow());
            },
            "end 5 written 5 written",
            "read write",
            "IOException: Broken pipe end"),
        row(
            "a channel reset while registered: nothing until flushed",
            s -> {
              Selector selector = s.selector();
              register(s.a, selector, OP_READ);
              s.a.reset();
              s.say(s.b.ready(Ops.STREAM), s.b.write("taken"));
              selector.selectNow();
              s.b.awaitHangUp();
              s.say(s.b.readNow());
            },
            "write 5 written",
            "SocketException: Connection reset"),
        row(
            "a channel closed while registered is freed by closing the selector",
            s -> {
              Selector selector = s.selector();
              register(s.a, selector, OP_READ);
              s.a.reset();
              selector.close();
              s.b.awaitHangUp();
              s.say(s.b.readNow());
            },
            "SocketException: Connection reset"),
        row(
            "a listener closed while registered listens until flushed",
            s -> {
              Selector selector = s.selector();
              ServerSocketChannel listener = s.listen();
              listener.configureBlocking(false);
              listener.register(selector, OP_ACCEPT);
              var address = listener.getLocalAddress();
              listener.close();
              End late = new End(s.open(s.network.openSocketChannel()));
              s.say(late.channel.connect(address));
              selector.selectNow();
              late.awaitHangUp();
              s.say(late.readNow());
              End later = new End(s.open(s.network.openSocketChannel()));
              s.say(End.outcome(() -> "" + later.channel.connect(address)));
            },
            "true",
            "SocketException: Connection reset",
            "ConnectException: Connection refused"));
  }

  static SelectionKey register(End end, Selector selector, int ops) throws IOException {
    end.channel.configureBlocking(false);
    return end.channel.register(selector, ops);
  }
}
