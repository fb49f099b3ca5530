using System.Collections.Concurrent;
using System.IO.Hashing;
using System.IO.MemoryMappedFiles;

namespace GraphRisk.Graph.Snapshots;

/// <summary>
/// Sections in a mapped file. A span over mapped memory does not keep the mapping alive, so mappings are never undone
/// while the process runs; they take address space, and pages the system may drop at any time. What is mapped is a copy without a name: a file cut short
/// under a mapping would end the process at the next read beyond its end. The copy is held to its hashes as it is made, in the pass that would otherwise only
/// read; it costs its size on the disk until the process ends, by whatever end. For commands, which open few; a server reads (<see cref="LoadedSections"/>).
/// </summary>
internal sealed unsafe class MappedSections : SectionFile
{
    private static readonly ConcurrentBag<MemoryMappedViewAccessor> Alive = [];

    private static int copies;

    private readonly byte* start;

    private MappedSections(FileStream stream, string path)
        : base(stream, path)
    {
        Check(stream);
        using var file = MemoryMappedFile.CreateFromFile(stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
        var view = file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        Alive.Add(view);
        byte* first = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref first);
        start = first + view.PointerOffset;
    }

    /// <summary>Maps a file of which every byte that is read is sound.</summary>
    /// <exception cref="SnapshotFileException">It is not.</exception>
    /// <exception cref="IOException">There is no room for its copy.</exception>
    public static MappedSections Open(string path)
    {
        using var stream = CopyOf(path);
        return new MappedSections(stream, path);
    }

    protected override Section<T> Get<T>(SnapshotDirectoryEntry entry) => new((T*)(start + entry.Offset), entry.Length);

    /// <summary>Reads every section once, past the mapping, of which only what is looked at shall take memory, and holds it against its hash.</summary>
    private void Check(FileStream stream)
    {
        var chunk = new byte[Chunk];
        foreach (var entry in Entries)
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

            Require(entry, hash.GetCurrentHashAsUInt128());
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
}
