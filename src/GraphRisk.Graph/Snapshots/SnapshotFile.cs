using System.IO.Hashing;
using GraphRisk.Graph.Entitlements;
using GraphRisk.Graph.Schema;

namespace GraphRisk.Graph.Snapshots;

/// <summary>
/// A snapshot in one file that a later process reads or maps instead of reading the store.
/// <para>
/// Layout: a page with the <see cref="SnapshotFileHeader"/>, then every section from the start of a page of 4,096 bytes,
/// then the <see cref="SnapshotDirectory"/>: name, place, size and XxHash128 of each section. Numbers are little-endian;
/// sections lie as they do in memory, so a machine of the other byte order refuses the file. The same snapshot gives the
/// same bytes.
/// </para>
/// </summary>
public static class SnapshotFile
{
    internal const int Page = 4096;

    /// <summary>What a file's name ends with until it is complete.</summary>
    internal const string Unfinished = ".tmp";

    private const int Chunk = 1 << 20;

    /// <summary>Writes a snapshot to a file, which takes its name only when it is complete and on the disk.</summary>
    public static void Write(Snapshot snapshot, string path)
    {
        var unfinished = path + Unfinished;
        try
        {
            using (var stream = new FileStream(unfinished, FileMode.Create, FileAccess.ReadWrite, FileShare.None, Chunk))
            {
                Write(snapshot, stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(unfinished, path, overwrite: true);
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }
    }

    /// <summary>Writes a snapshot to a stream that can seek, from its position 0.</summary>
    /// <exception cref="InvalidOperationException">The snapshot is a broker's or client's: those are kept in no file.</exception>
    public static void Write(Snapshot snapshot, Stream stream)
    {
        if (snapshot.Entitlement.HasOwn || !snapshot.Nodes.IsFlat) throw new InvalidOperationException("A viewer's own snapshot is kept in no file.");
        var entries = new List<SnapshotDirectoryEntry>();
        stream.SetLength(0);
        Pad(stream, Page);
        foreach (var (name, section) in SnapshotLayout.Sections(snapshot))
        {
            var offset = stream.Position;
            var hash = new XxHash128();
            var step = Math.Max(1, Chunk / section.ItemSize);
            for (var start = 0; start < section.Length; start += step)
            {
                var bytes = section.Bytes(start, Math.Min(step, section.Length - start));
                hash.Append(bytes);
                stream.Write(bytes);
            }

            Pad(stream, (Page - (stream.Position % Page)) % Page);
            entries.Add(new SnapshotDirectoryEntry(name, offset, section.Length, section.ItemSize, hash.GetCurrentHashAsUInt128()));
        }

        var directory = SnapshotDirectory.Write(entries);
        var header = new SnapshotFileHeader(snapshot.Stamp, snapshot.Entitlement, stream.Position, directory.Length, XxHash128.HashToUInt128(directory));
        stream.Write(directory);
        stream.Position = 0;
        stream.Write(header.ToBytes());
        stream.Flush();
    }

    /// <summary>Reads a file into memory as a snapshot, which needs the file no more.</summary>
    /// <exception cref="SnapshotFileException">The file is damaged, cut short, of another format or another schema.</exception>
    public static Snapshot Read(SchemaCatalog catalog, string path)
    {
        try
        {
            using var source = LoadedSections.Open(path);
            return Of(catalog, path, source);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new SnapshotFileException(path, $"The snapshot cannot be opened: {error.Message}", error);
        }
    }

    /// <summary>
    /// Maps a copy of a file, which has no name and which nobody else can change, as a snapshot; the file may be cut short or deleted meanwhile. The mapping lasts as long as the process.
    /// </summary>
    /// <exception cref="SnapshotFileException">The file is damaged, cut short, of another format or another schema.</exception>
    public static Snapshot Map(SchemaCatalog catalog, string path)
    {
        try
        {
            return Of(catalog, path, MappedSections.Open(path));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new SnapshotFileException(path, $"The snapshot cannot be opened: {error.Message}", error);
        }
    }

    /// <summary>What a file's snapshot shows, without looking at its sections.</summary>
    /// <exception cref="SnapshotFileException">The file is no snapshot or of another format.</exception>
    public static SnapshotStamp ReadStamp(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            var page = new byte[Page];
            var length = stream.ReadAtLeast(page, Page, throwOnEndOfStream: false);
            return SnapshotFileHeader.Read(page.AsSpan(0, length), path).Stamp;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new SnapshotFileException(path, $"The snapshot cannot be opened: {error.Message}", error);
        }
    }

    private static Snapshot Of(SchemaCatalog catalog, string path, SectionFile source)
    {
        if (source.Header.Stamp.SchemaHash != catalog.Hash)
            throw new SnapshotFileException(path, "The snapshot was built under another schema.");
        var read = SnapshotLayout.Read(catalog, source.Header.Stamp, source);
        return read.Under(source.Header.Entitlement, EntitledFacts.OfOpen(catalog, source.Header.Entitlement));
    }

    private static void Pad(Stream stream, long count)
    {
        Span<byte> zeros = stackalloc byte[Page];
        zeros.Clear();
        stream.Write(zeros[..(int)count]);
    }
}
