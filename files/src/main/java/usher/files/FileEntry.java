package usher.files;

import java.time.Instant;
import java.util.Optional;

/// A file of a library as it stands in a list.
///
/// @param size in bytes
/// @param modified when its contents were last changed
/// @param checksum of its contents, where it is known without reading them
public record FileEntry(FileName name, long size, Instant modified, Optional<Checksum> checksum) {}
