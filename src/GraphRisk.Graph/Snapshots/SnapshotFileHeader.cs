using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using GraphRisk.Graph.Entitlements;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Store;

namespace GraphRisk.Graph.Snapshots;

/// <summary>First page of a snapshot's file.</summary>
/// <param name="Stamp">What the snapshot shows.</param>
/// <param name="Entitlement">What of the store it was made of: everything, or what is open up to a level.</param>
/// <param name="DirectoryOffset">Where the directory begins; it ends the file.</param>
/// <param name="DirectoryLength">Bytes of the directory.</param>
/// <param name="DirectoryHash">XxHash128 of the directory, which holds those of the sections.</param>
internal sealed record SnapshotFileHeader(
    SnapshotStamp Stamp, Entitlement Entitlement, long DirectoryOffset, int DirectoryLength, UInt128 DirectoryHash)
{
    /// <summary>Grows with every change of the layout.</summary>
    private const int Format = 3;

    private const int HashedLength = 176;

    private static ReadOnlySpan<byte> Magic => "GRSKSNAP"u8;

    public byte[] ToBytes()
    {
        var page = new byte[SnapshotFile.Page];
        Magic.CopyTo(page);
        BinaryPrimitives.WriteInt32LittleEndian(page.AsSpan(8), Format);
        page[12] = BitConverter.IsLittleEndian ? (byte)1 : (byte)2;
        page[13] = Entitlement.IsWhole ? (byte)0 : (byte)Entitlement.OpenLevel;
        BinaryPrimitives.WriteInt64LittleEndian(page.AsSpan(16), Stamp.Version);
        BinaryPrimitives.WriteInt64LittleEndian(page.AsSpan(24), Stamp.KnownAt.UtcTicks);
        BinaryPrimitives.WriteInt64LittleEndian(page.AsSpan(32), Stamp.AsOf.UtcTicks);
        BinaryPrimitives.WriteInt64LittleEndian(page.AsSpan(40), DirectoryOffset);
        BinaryPrimitives.WriteInt32LittleEndian(page.AsSpan(48), DirectoryLength);
        BinaryPrimitives.WriteUInt128LittleEndian(page.AsSpan(56), DirectoryHash);
        Encoding.ASCII.GetBytes(Stamp.SchemaHash, page.AsSpan(72, 64));
        BinaryPrimitives.WriteUInt128LittleEndian(page.AsSpan(136), Stamp.Mark.Store);
        BinaryPrimitives.WriteUInt128LittleEndian(page.AsSpan(152), Stamp.Mark.History);
        BinaryPrimitives.WriteUInt128LittleEndian(page.AsSpan(HashedLength), XxHash128.HashToUInt128(page.AsSpan(0, HashedLength)));
        return page;
    }

    public static SnapshotFileHeader Read(ReadOnlySpan<byte> page, string path)
    {
        if (page.Length < SnapshotFile.Page || !page[..8].SequenceEqual(Magic))
            throw new SnapshotFileException(path, "The file is no snapshot, or was cut short.");
        if (BinaryPrimitives.ReadInt32LittleEndian(page[8..]) is var format && format != Format)
            throw new SnapshotFileException(path, $"The snapshot has format {format}, this program reads format {Format}.");
        if (page[12] != (BitConverter.IsLittleEndian ? 1 : 2))
            throw new SnapshotFileException(path, "The snapshot was written on a machine of the other byte order.");
        if (BinaryPrimitives.ReadUInt128LittleEndian(page[HashedLength..]) != XxHash128.HashToUInt128(page[..HashedLength]))
            throw new SnapshotFileException(path, "The snapshot's header is damaged.");
        return new SnapshotFileHeader(
            new SnapshotStamp(
                BinaryPrimitives.ReadInt64LittleEndian(page[16..]),
                new DateTimeOffset(BinaryPrimitives.ReadInt64LittleEndian(page[24..]), TimeSpan.Zero),
                new DateTimeOffset(BinaryPrimitives.ReadInt64LittleEndian(page[32..]), TimeSpan.Zero),
                Encoding.ASCII.GetString(page.Slice(72, 64)))
            {
                Mark = new StoreMark(BinaryPrimitives.ReadUInt128LittleEndian(page[136..]), BinaryPrimitives.ReadUInt128LittleEndian(page[152..])),
            },
            page[13] == 0 ? Entitlement.Whole : Entitlement.OfOpen((Sensitivity)page[13]),
            BinaryPrimitives.ReadInt64LittleEndian(page[40..]),
            BinaryPrimitives.ReadInt32LittleEndian(page[48..]),
            BinaryPrimitives.ReadUInt128LittleEndian(page[56..]));
    }
}
