using System.IO.Hashing;
using System.Runtime.CompilerServices;

namespace GraphRisk.Graph.Snapshots;

/// <summary>Sections in a snapshot's file: its header and where each lies.</summary>
internal abstract class SectionFile : ISectionSource
{
    /// <summary>Bytes read at once.</summary>
    protected const int Chunk = 1 << 20;

    private readonly string path;
    private readonly Dictionary<string, SnapshotDirectoryEntry> entries;

    /// <summary>Reads header and directory.</summary>
    /// <exception cref="SnapshotFileException">They are damaged, or the file was cut short or has grown.</exception>
    protected SectionFile(FileStream stream, string path)
    {
        this.path = path;
        var page = new byte[SnapshotFile.Page];
        Header = SnapshotFileHeader.Read(page.AsSpan(0, stream.ReadAtLeast(page, page.Length, throwOnEndOfStream: false)), path);
        if (Header.DirectoryOffset + Header.DirectoryLength != stream.Length)
            throw new SnapshotFileException(path, "The file was cut short or has grown.");
        var bytes = new byte[Header.DirectoryLength];
        stream.Position = Header.DirectoryOffset;
        stream.ReadExactly(bytes);
        if (XxHash128.HashToUInt128(bytes) != Header.DirectoryHash)
            throw new SnapshotFileException(path, "The snapshot's directory is damaged.");
        entries = SnapshotDirectory.Read(bytes).ToDictionary(entry => entry.Name, StringComparer.Ordinal);
    }

    /// <summary>The file's header.</summary>
    public SnapshotFileHeader Header { get; }

    /// <summary>All sections.</summary>
    protected IEnumerable<SnapshotDirectoryEntry> Entries => entries.Values;

    public bool Has(string name) => entries.ContainsKey(name);

    public Section<T> Get<T>(string name)
        where T : unmanaged
    {
        if (!entries.TryGetValue(name, out var entry)) throw new SnapshotFileException(path, $"The section '{name}' is missing.");
        if (entry.ItemSize != Unsafe.SizeOf<T>())
            throw new SnapshotFileException(path, $"The section '{name}' holds values of {entry.ItemSize} bytes, not of {Unsafe.SizeOf<T>()}.");
        return Get<T>(entry);
    }

    /// <summary>A section whose values are of the size asked for.</summary>
    protected abstract Section<T> Get<T>(SnapshotDirectoryEntry entry)
        where T : unmanaged;

    /// <summary>Refuses a section whose bytes have another hash than they were written with.</summary>
    protected void Require(SnapshotDirectoryEntry entry, UInt128 hash)
    {
        if (hash != entry.Hash) throw new SnapshotFileException(path, $"The section '{entry.Name}' is damaged.");
    }
}
