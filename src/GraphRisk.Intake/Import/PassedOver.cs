using System.Runtime.InteropServices;

namespace GraphRisk.Intake.Import;

/// <summary>
/// Ids of things that deliveries describe and the graph does not hold, such as houses and aeroplanes, kept from delivery to
/// delivery: what refers to one of them is passed over as well, and does not wait for ever. Hashes of 64 bits in a file of the
/// data folder, eight bytes each. Not thread-safe.
/// </summary>
public sealed class PassedOver : IDisposable
{
    private readonly FileStream stream;
    private readonly KeyRegister known = new(int.MaxValue);

    private PassedOver(FileStream stream) => this.stream = stream;

    /// <summary>Opens or creates the file of a data folder.</summary>
    public static PassedOver Open(string dataFolder)
    {
        Directory.CreateDirectory(dataFolder);
        var opened = new PassedOver(new FileStream(Path.Combine(dataFolder, "passed-over.bin"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite));
        Span<ulong> hashes = new ulong[8192];
        var bytes = MemoryMarshal.AsBytes(hashes);
        for (int read; (read = opened.stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)) > 0;)
            foreach (var hash in hashes[..(read / sizeof(ulong))]) opened.known.TryAdd(hash, 1, out _);
        opened.stream.SetLength(opened.stream.Length / sizeof(ulong) * sizeof(ulong));
        opened.stream.Seek(0, SeekOrigin.End);
        return opened;
    }

    /// <summary>Whether a delivery described the thing.</summary>
    public bool Holds(string id) => known.TryGet(KeyRegister.Hash(id), out _);

    /// <summary>Remembers a thing.</summary>
    public void Add(string id)
    {
        var hash = KeyRegister.Hash(id);
        if (known.TryAdd(hash, 1, out _)) stream.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<ulong>(in hash)));
    }

    /// <summary>Writes what was remembered.</summary>
    public void Flush() => stream.Flush();

    public void Dispose() => stream.Dispose();
}
