package usher.testkit.memory;

import static java.nio.channels.SelectionKey.OP_ACCEPT;
import static java.nio.channels.SelectionKey.OP_READ;
import static java.nio.channels.SelectionKey.OP_WRITE;
import static usher.testkit.memory.Row.row;
import static usher.testkit.memory.SelectorRows.register;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.List;

/// What selectors and keys refuse, and what becomes of them when they are closed.
final class KeyRows {
  private KeyRows() {}

  static List<Row> rows() {
    return List.of(
        row(
            "a registered channel stays non-blocking",
            s -> {
              Selector selector = s.selector();
              register(s.a, selector, OP_READ);
              s.say(End.outcome(() -> "" + s.a.channel.configureBlocking(true)));
              s.a.channel.configureBlocking(false);
              s.say(s.a.channel.isBlocking());
              s.b.channel.configureBlocking(true);
              s.say(End.outcome(() -> "" + s.b.channel.register(selector, OP_READ)));
            },
            "IllegalBlockingModeException",
            "false",
            "IllegalBlockingModeException"),
        row(
            "a channel may turn blocking once its key is cancelled",
            s -> {
              Selector selector = s.selector();
              register(s.a, selector, OP_READ).cancel();
              s.a.channel.configureBlocking(true);
              s.b.write("x");
              s.say(s.a.read());
              s.a.close();
              selector.selectNow();
              s.say(s.b.read(), selector.keys().size());
            },
            "'x'",
            "end 0"),
        row(
            "operations that a channel does not have",
            s -> {
              Selector selector = s.selector();
              SelectionKey key = register(s.a, selector, OP_READ);
              s.say(End.outcome(() -> "" + s.b.channel.register(selector, OP_ACCEPT)));
              s.say(End.outcome(() -> "" + key.interestOps(OP_ACCEPT)));
              s.say(Ops.text(key.interestOps()), Ops.text(s.a.channel.validOps()));
            },
            "IllegalArgumentException",
            "IllegalArgumentException",
            "read connect read write"),
        row(
            "interest is added and taken away",
            s -> {
              SelectionKey key = register(s.a, s.selector(), OP_READ);
              s.say(Ops.text(key.interestOpsOr(OP_WRITE)), Ops.text(key.interestOps()));
              s.say(Ops.text(key.interestOpsAnd(OP_WRITE)), Ops.text(key.interestOps()));
            },
            "read read write",
            "read write write"),
        row(
            "registering again changes the key",
            s -> {
              Selector selector = s.selector();
              SelectionKey key = s.a.channel.configureBlocking(false).register(selector, 0, "one");
              s.say(
                  key.attachment(),
                  key.selector().equals(selector),
                  key.channel().equals(s.a.channel));
              s.say(s.a.channel.register(selector, OP_WRITE, "two").equals(key), key.attachment());
              s.say(Ops.text(key.interestOps()), key.attach(null), key.attachment());
              s.say(selector.selectNow(), key.equals(s.a.channel.keyFor(selector)));
            },
            "one true true",
            "true two",
            "write two null",
            "1 true"),
        row(
            "one channel with two selectors",
            s -> {
              Selector first = s.selector();
              Selector second = s.selector();
              register(s.a, first, OP_READ);
              register(s.a, second, OP_READ);
              s.b.write("x");
              s.say(first.select(), second.select());
              s.a.reset();
              first.selectNow();
              s.say(s.b.ready(Ops.STREAM));
              second.selectNow();
              s.b.awaitHangUp();
              s.say(s.b.readNow());
            },
            "1 1",
            "write",
            "SocketException: Connection reset"),
        row(
            "keys can be taken out of the selected set, not put in",
            s -> {
              Selector selector = s.selector();
              SelectionKey key = register(s.a, selector, OP_WRITE);
              s.say(End.outcome(() -> "" + selector.selectedKeys().add(key)));
              s.say(End.outcome(() -> "" + selector.keys().remove(key)));
              selector.select();
              s.say(selector.selectedKeys().contains(key), selector.selectedKeys().remove(key));
              s.say(selector.selectedKeys().isEmpty(), selector.keys().contains(key));
            },
            "UnsupportedOperationException",
            "UnsupportedOperationException",
            "true true",
            "true true"),
        row(
            "a selection within an action",
            s -> {
              Selector selector = s.selector();
              register(s.a, selector, OP_WRITE);
              selector.select(key -> s.say(End.outcome(() -> "" + selector.selectNow())));
              s.say(selector.selectNow());
            },
            "IllegalStateException",
            "1"),
        row(
            "what an action throws ends the selection",
            s -> {
              Selector selector = s.selector();
              register(s.a, selector, OP_WRITE);
              s.say(
                  End.outcome(
                      () ->
                          ""
                              + selector.select(
                                  key -> {
                                    throw new IllegalArgumentException();
                                  })));
              s.say(selector.selectNow());
            },
            "IllegalArgumentException",
            "1"),
        row(
            "a closed selector",
            s -> {
              Selector selector = s.selector();
              SelectionKey key = register(s.a, selector, OP_WRITE);
              selector.close();
              selector.close();
              s.say(selector.isOpen(), key.isValid(), s.a.channel.isRegistered());
              s.say(s.a.channel.isOpen(), s.a.write("x"));
              s.say(End.outcome(() -> "" + selector.select()));
              s.say(End.outcome(() -> "" + selector.selectNow(ready -> s.say("never"))));
              s.say(End.outcome(() -> "" + selector.keys()));
              s.say(End.outcome(() -> "" + selector.selectedKeys()));
              s.say(End.outcome(() -> "" + s.a.channel.register(selector, OP_READ)));
              s.say(selector.wakeup().equals(selector), s.a.channel.isRegistered());
            },
            "false false false",
            "true 1 written",
            "ClosedSelectorException",
            "ClosedSelectorException",
            "ClosedSelectorException",
            "ClosedSelectorException",
            "ClosedSelectorException",
            "true false"),
        row(
            "closing a selector ends a blocked selection",
            s -> {
              Selector selector = s.selector();
              register(s.a, selector, OP_READ);
              Worker<String> selecting = s.startBlocked(() -> "" + selector.select());
              selector.close();
              s.say(selecting.result());
            },
            "0"),
        row(
            "closing a selector within an action",
            s -> {
              Selector selector = s.selector();
              register(s.a, selector, OP_WRITE);
              s.say(
                  End.outcome(
                      () ->
                          ""
                              + selector.select(
                                  key -> {
                                    s.say("closing", End.outcome(() -> close(selector)));
                                  })));
            },
            "closing closed",
            "ClosedSelectorException"),
        row(
            "a connection that is pending, made, refused",
            s -> {
              Selector selector = s.selector();
              SocketChannel client = s.open(s.network.openSocketChannel());
              client.configureBlocking(false);
              SelectionKey key = client.register(selector, 0);
              client.connect(s.listen().getLocalAddress());
              key.interestOps(Ops.STREAM);
              s.say(selector.select(), Ops.text(key.readyOps()));
              client.finishConnect();
              selector.selectedKeys().clear();
              s.say(selector.select(), Ops.text(key.readyOps()));
              SocketChannel second = s.open(s.network.openSocketChannel());
              second.configureBlocking(false);
              second.connect(s.deserted());
              key.cancel();
              SelectionKey refused = second.register(selector, SelectionKey.OP_CONNECT);
              s.say(selector.select(), Ops.text(refused.readyOps()));
            },
            "1 connect",
            "1 write",
            "1 connect"));
  }

  private static String close(Selector selector) throws IOException {
    selector.close();
    return "closed";
  }
}
