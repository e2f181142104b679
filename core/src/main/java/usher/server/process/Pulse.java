package usher.server.process;

/// What a living model does soon: each of its loops comes back.
public interface Pulse {
  /// A model without loops is alive when its process is.
  Pulse ALONE =
      new Pulse() {
        @Override
        public void feel(Runnable alive) {
          alive.run();
        }

        @Override
        public int loops() {
          return 1;
        }

        @Override
        public Grip grip() {
          return new Grip("nobody", "");
        }
      };

  /// Who holds a loop, and where his handler is.
  record Grip(String remote, String stack) {}

  /// Has each loop run this.
  void feel(Runnable alive);

  /// How many times that is.
  int loops();

  /// Who holds a loop just now.
  Grip grip();
}
