using System.Text;

namespace GraphRisk.Graph.Snapshots;

/// <summary>Where a section lies in a snapshot's file.</summary>
/// <param name="Name">Name after <see cref="SnapshotLayout"/>.</param>
/// <param name="Offset">First byte, at the start of a page.</param>
/// <param name="Length">Number of values.</param>
/// <param name="ItemSize">Bytes of one value.</param>
/// <param name="Hash">XxHash128 of its bytes.</param>
internal sealed record SnapshotDirectoryEntry(string Name, long Offset, int Length, int ItemSize, UInt128 Hash)
{
    /// <summary>Bytes of all values.</summary>
    public long ByteLength => (long)Length * ItemSize;
}

/// <summary>The list of sections at the end of a snapshot's file.</summary>
internal static class SnapshotDirectory
{
    public static byte[] Write(List<SnapshotDirectoryEntry> entries)
    {
        using var buffer = new MemoryStream();
        using var writer = new BinaryWriter(buffer, Encoding.UTF8);
        writer.Write(entries.Count);
        foreach (var entry in entries)
        {
            writer.Write(entry.Name);
            writer.Write(entry.Offset);
            writer.Write(entry.Length);
            writer.Write(entry.ItemSize);
            writer.Write((ulong)(entry.Hash >> 64));
            writer.Write((ulong)entry.Hash);
        }

        writer.Flush();
        return buffer.ToArray();
    }

    public static List<SnapshotDirectoryEntry> Read(byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes), Encoding.UTF8);
        var entries = new List<SnapshotDirectoryEntry>(reader.ReadInt32());
        for (var i = 0; i < entries.Capacity; i++)
            entries.Add(new SnapshotDirectoryEntry(
                reader.ReadString(), reader.ReadInt64(), reader.ReadInt32(), reader.ReadInt32(),
                new UInt128(reader.ReadUInt64(), reader.ReadUInt64())));
        return entries;
    }
}
