using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;

namespace GraphRisk.Stores.Neo4j.Bulk;

/// <summary>
/// Records set aside in temporary files by a hash of their key, so that later all records of one key are found in one file
/// that fits into memory (the partitioning of a Grace hash join: Kitsuregawa, Tanaka and Moto-oka 1983). Within a file
/// records keep their order. The files go when the spill is disposed of.
/// </summary>
internal sealed class Spill : IDisposable
{
    /// <summary>Number of files.</summary>
    public const int Parts = 128;

    private readonly string folder;
    private readonly BinaryWriter[] writers = new BinaryWriter[Parts];

    /// <param name="folder">A folder of its own; made here and deleted at the end.</param>
    public Spill(string folder)
    {
        this.folder = folder;
        Directory.CreateDirectory(folder);
        for (var part = 0; part < Parts; part++)
            writers[part] = new BinaryWriter(
                new FileStream(PathOf(part), FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 16), Encoding.UTF8);
    }

    /// <summary>Where to write a record of a key.</summary>
    public BinaryWriter For(string key) =>
        writers[XxHash3.HashToUInt64(MemoryMarshal.AsBytes(key.AsSpan())) % Parts];

    /// <summary>Ends the writing of a part and reads it from its start; the reader tells the end by its stream's position.</summary>
    public BinaryReader Read(int part)
    {
        writers[part].Flush();
        writers[part].BaseStream.Position = 0;
        return new BinaryReader(writers[part].BaseStream, Encoding.UTF8);
    }

    public void Dispose()
    {
        foreach (var writer in writers) writer?.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private string PathOf(int part) => Path.Combine(folder, $"{part}.part");
}
