package usher.testkit.memory;

import java.nio.channels.SelectionKey;
import java.util.ArrayList;
import java.util.List;

/// Sets of operations as text.
final class Ops {
  static final int STREAM = SelectionKey.OP_READ | SelectionKey.OP_WRITE | SelectionKey.OP_CONNECT;

  private Ops() {}

  static String text(int ops) {
    List<String> names = new ArrayList<>();
    if ((ops & SelectionKey.OP_ACCEPT) != 0) {
      names.add("accept");
    }
    if ((ops & SelectionKey.OP_CONNECT) != 0) {
      names.add("connect");
    }
    if ((ops & SelectionKey.OP_READ) != 0) {
      names.add("read");
    }
    if ((ops & SelectionKey.OP_WRITE) != 0) {
      names.add("write");
    }
    return names.isEmpty() ? "nothing" : String.join(" ", names);
  }
}
