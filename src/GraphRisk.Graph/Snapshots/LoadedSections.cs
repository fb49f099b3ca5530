using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace GraphRisk.Graph.Snapshots;

/// <summary>
/// Sections read into memory of their own and held to their hashes there: what nobody uses any more is collected like everything else, which a mapping never
/// can be, since a span over it does not keep it. It costs memory for what is never looked at.
/// </summary>
internal sealed class LoadedSections : SectionFile, IDisposable
{
    private readonly FileStream stream;

    private LoadedSections(FileStream stream, string path)
        : base(stream, path) => this.stream = stream;

    /// <summary>Opens a file to read sections from.</summary>
    /// <exception cref="SnapshotFileException">It is damaged.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static LoadedSections Open(string path)
    {
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        try
        {
            return new LoadedSections(stream, path);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    public void Dispose() => stream.Dispose();

    protected override Section<T> Get<T>(SnapshotDirectoryEntry entry)
    {
        var values = GC.AllocateUninitializedArray<T>(entry.Length);
        var hash = new XxHash128();
        var step = Math.Max(1, Chunk / entry.ItemSize);
        stream.Position = entry.Offset;
        for (var start = 0; start < values.Length; start += step)
        {
            var bytes = MemoryMarshal.AsBytes(values.AsSpan(start, Math.Min(step, values.Length - start)));
            stream.ReadExactly(bytes);
            hash.Append(bytes);
        }

        Require(entry, hash.GetCurrentHashAsUInt128());
        return new Section<T>(values);
    }
}
