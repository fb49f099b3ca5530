using System.Buffers.Binary;
using System.Text;

namespace GraphRisk.Stores.Sqlite;

/// <summary>A growing buffer with the number formats of <see cref="PropertyCodec"/>; reused from fact to fact.</summary>
internal sealed class ByteWriter
{
    private byte[] bytes = new byte[512];
    private int length;

    public ReadOnlySpan<byte> Written => bytes.AsSpan(0, length);

    public void Clear() => length = 0;

    public void Byte(byte value)
    {
        Reserve(1);
        bytes[length++] = value;
    }

    /// <summary>Seven bits a byte, lowest first, the top bit set where more follow (LEB128).</summary>
    public void Unsigned(ulong value)
    {
        Reserve(10);
        while (value >= 0x80)
        {
            bytes[length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        bytes[length++] = (byte)value;
    }

    /// <summary>Small magnitudes of either sign in few bytes.</summary>
    public void Signed(long value) => Unsigned((ulong)(value << 1) ^ (ulong)(value >> 63));

    public void Int32(int value)
    {
        Reserve(4);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(length), value);
        length += 4;
    }

    /// <summary>The number of bytes, then UTF-8.</summary>
    public void Text(string text)
    {
        Unsigned((ulong)Encoding.UTF8.GetByteCount(text));
        Reserve(Encoding.UTF8.GetMaxByteCount(text.Length));
        length += Encoding.UTF8.GetBytes(text, bytes.AsSpan(length));
    }

    private void Reserve(int more)
    {
        if (length + more > bytes.Length) Array.Resize(ref bytes, Math.Max(checked(length + more), bytes.Length * 2));
    }
}

/// <summary>Reads what <see cref="ByteWriter"/> wrote; anything else ends in a <see cref="FormatException"/>.</summary>
internal ref struct ByteReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> rest = bytes;

    public readonly bool AtEnd => rest.IsEmpty;

    public byte Byte()
    {
        if (rest.IsEmpty) throw new FormatException("Stored properties end too early.");
        var value = rest[0];
        rest = rest[1..];
        return value;
    }

    public ulong Unsigned()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var part = Byte();
            value |= (ulong)(part & 0x7f) << shift;
            if (part < 0x80) return value;
        }

        throw new FormatException("A stored number is too long.");
    }

    public long Signed()
    {
        var value = Unsigned();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    public string Text() => Encoding.UTF8.GetString(Take(Unsigned()));

    private ReadOnlySpan<byte> Take(ulong count)
    {
        if (count > (ulong)rest.Length) throw new FormatException("Stored properties end too early.");
        var taken = rest[..(int)count];
        rest = rest[(int)count..];
        return taken;
    }
}
