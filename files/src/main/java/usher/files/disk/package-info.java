/// A library in a folder of a disk.
@org.jspecify.annotations.NullMarked
package usher.files.disk;
