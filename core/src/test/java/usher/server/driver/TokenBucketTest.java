package usher.server.driver;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class TokenBucketTest {
  private static final long SECOND = 1_000_000_000;

  private static int taken(TokenBucket bucket, long now, int tries) {
    int count = 0;
    for (int i = 0; i < tries; i++) {
      count += bucket.take(now) ? 1 : 0;
    }
    return count;
  }

  @Test
  void holds_a_seconds_worth_and_no_more() {
    assertThat(taken(new TokenBucket(10), 0, 100)).isEqualTo(10);
    assertThat(taken(new TokenBucket(10), 1_000 * SECOND, 100)).isEqualTo(10);
    assertThat(taken(new TokenBucket(10), 0, 9)).isEqualTo(9);
  }

  @Test
  void gives_the_next_one_just_when_it_is_due() {
    TokenBucket bucket = new TokenBucket(10);
    assertThat(taken(bucket, 0, 10)).isEqualTo(10);

    assertThat(bucket.take(SECOND / 10 - 1)).isFalse();
    assertThat(bucket.take(SECOND / 10)).isTrue();
    assertThat(bucket.take(SECOND / 10)).isFalse();
  }

  @Test
  void keeps_the_rate_over_a_long_time() {
    TokenBucket bucket = new TokenBucket(50);
    int count = 0;
    for (long now = 0; now < 100 * SECOND; now += SECOND / 1_000) {
      count += bucket.take(now) ? 1 : 0;
    }
    assertThat(count).isBetween(50 * 100, 50 * 101);
  }
}
