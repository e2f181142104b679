package usher.server.process;

/// How many children a listening socket has. Pure; told of what happens by the [Nursery].
public sealed interface Staffing {
  /// How many more are wanted.
  ///
  /// @param fresh that are starting or wait for their first client
  /// @param staying all that have not been told to leave
  /// @param living all
  int missing(int fresh, int staying, int living);

  /// How many of those that wait are too many.
  int surplus(int fresh);

  /// A client was taken, and so many children are ready for the next.
  void taken(int ready);

  /// A quiet while has passed.
  void calm();

  /// Always so many.
  record Fixed(int children) implements Staffing {
    @Override
    public int missing(int fresh, int staying, int living) {
      return Math.max(0, children - staying);
    }

    @Override
    public int surplus(int fresh) {
      return 0;
    }

    @Override
    public void taken(int ready) {}

    @Override
    public void calm() {}
  }

  /// One client each: as many in wait as the demand of late, between a least and a most number.
  final class Spare implements Staffing {
    private final int least;
    private final int most;
    private final int all;
    private int wanted;

    /// @param all processes at once
    public Spare(int least, int most, int all) {
      this.least = least;
      this.most = most;
      this.all = all;
      this.wanted = least;
    }

    @Override
    public int missing(int fresh, int staying, int living) {
      // Even without spares one must listen, or nobody is ever served.
      return Math.max(0, Math.min(Math.max(1, wanted) - fresh, all - living));
    }

    @Override
    public int surplus(int fresh) {
      return Math.max(0, fresh - Math.max(1, wanted));
    }

    @Override
    public void taken(int ready) {
      if (ready == 0) {
        wanted = Math.min(most, Math.max(1, wanted) * 2);
      }
    }

    @Override
    public void calm() {
      wanted = Math.max(least, wanted - 1);
    }
  }
}
