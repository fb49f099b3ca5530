using System.Collections.Concurrent;
using System.IO.Hashing;
using System.IO.MemoryMappedFiles;
using System.Runtime.CompilerServices;

namespace GraphRisk.Graph.Snapshots;

/// <summary>
/// Sections in a mapped file. A span over mapped memory does not keep the mapping alive, so mappings are never undone
/// while the process runs; they take address space, and pages the system may drop at any time. What is mapped is a copy without a name: a file cut short
/// under a mapping would end the process at the next read beyond its end. The copy is held to its hashes as it is made, in the pass that would otherwise only
/// read; it costs its size on the disk until the process ends, by whatever end.
/// </summary>
internal sealed unsafe class MappedSections : ISectionSource
{
    private static readonly ConcurrentBag<MemoryMappedViewAccessor> Alive = [];

    private const int Chunk = 1 << 20;

    private static int copies;

    private readonly string path;
    private readonly byte* start;
    private readonly Dictionary<string, SnapshotDirectoryEntry> entries;

    private MappedSections(string path, byte* start, SnapshotFileHeader header, Dictionary<string, SnapshotDirectoryEntry> entries)
    {
        this.path = path;
        this.start = start;
        this.entries = entries;
        Header = header;
    }

    /// <summary>The file's header.</summary>
    public SnapshotFileHeader Header { get; }

    /// <summary>Maps a file of which every byte that is read is sound.</summary>
    /// <exception cref="SnapshotFileException">It is not.</exception>
    /// <exception cref="IOException">There is no room for its copy.</exception>
    public static MappedSections Open(string path)
    {
        using var stream = CopyOf(path);
        var page = new byte[SnapshotFile.Page];
        var header = SnapshotFileHeader.Read(page.AsSpan(0, stream.ReadAtLeast(page, page.Length, throwOnEndOfStream: false)), path);
        if (header.DirectoryOffset + header.DirectoryLength != stream.Length)
            throw new SnapshotFileException(path, "The file was cut short or has grown.");
        var bytes = new byte[header.DirectoryLength];
        stream.Position = header.DirectoryOffset;
        stream.ReadExactly(bytes);
        if (XxHash128.HashToUInt128(bytes) != header.DirectoryHash)
            throw new SnapshotFileException(path, "The snapshot's directory is damaged.");
        var entries = SnapshotDirectory.Read(bytes).ToDictionary(entry => entry.Name, StringComparer.Ordinal);
        Check(stream, entries.Values, path);
        using var file = MemoryMappedFile.CreateFromFile(stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
        var view = file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        Alive.Add(view);
        byte* start = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        return new MappedSections(path, start + view.PointerOffset, header, entries);
    }

    /// <summary>Reads every section once, past the mapping, of which only what is looked at shall take memory, and holds it against its hash.</summary>
    private static void Check(FileStream stream, IEnumerable<SnapshotDirectoryEntry> entries, string path)
    {
        var chunk = new byte[Chunk];
        foreach (var entry in entries)
        {
            var hash = new XxHash128();
            stream.Position = entry.Offset;
            for (var left = entry.ByteLength; left > 0;)
            {
                var read = stream.ReadAtLeast(chunk.AsSpan(0, (int)Math.Min(Chunk, left)), (int)Math.Min(Chunk, left), throwOnEndOfStream: false);
                if (read == 0) break;
                hash.Append(chunk.AsSpan(0, read));
                left -= read;
            }

            if (hash.GetCurrentHashAsUInt128() != entry.Hash)
                throw new SnapshotFileException(path, $"The section '{entry.Name}' is damaged.");
        }
    }

    /// <summary>A copy of a file that loses its name before anything is read of it, open at its start.</summary>
    private static FileStream CopyOf(string path)
    {
        using var source = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        var name = $"{path}.{Environment.ProcessId}-{Interlocked.Increment(ref copies)}{SnapshotFile.Unfinished}";
        var copy = new FileStream(name, FileMode.Create, FileAccess.ReadWrite, FileShare.Delete, Chunk);
        try
        {
            source.CopyTo(copy, Chunk);
            copy.Flush();
            copy.Position = 0;
            return copy;
        }
        catch
        {
            copy.Dispose();
            throw;
        }
        finally
        {
            File.Delete(name);
        }
    }

    public bool Has(string name) => entries.ContainsKey(name);

    public Section<T> Get<T>(string name)
        where T : unmanaged
    {
        if (!entries.TryGetValue(name, out var entry)) throw new SnapshotFileException(path, $"The section '{name}' is missing.");
        if (entry.ItemSize != Unsafe.SizeOf<T>())
            throw new SnapshotFileException(path, $"The section '{name}' holds values of {entry.ItemSize} bytes, not of {Unsafe.SizeOf<T>()}.");
        return new Section<T>((T*)(start + entry.Offset), entry.Length);
    }
}
