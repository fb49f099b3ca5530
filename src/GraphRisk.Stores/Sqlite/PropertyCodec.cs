using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;

namespace GraphRisk.Stores.Sqlite;

/// <summary>
/// Properties as bytes: their number, then each as the number of its field and its value, in the order of their names.
/// Texts carry their length; integers, days and milliseconds are signed varints; a decimal is one byte (bits 0-4 scale,
/// bit 5 wide, bit 7 negative) and its digits as a varint or as 96 bits; an enumeration's name is a number of its own.
/// About half of the JSON's size and a third of its reading time. Equal properties have equal bytes within one store.
/// </summary>
internal static class PropertyCodec
{
    private const byte Wide = 0x20;
    private const byte Negative = 0x80;

    public static void Write(Properties properties, string type, Dictionaries dictionaries, ByteWriter writer)
    {
        writer.Unsigned((ulong)properties.Count);
        for (var i = 0; i < properties.Count; i++)
        {
            var (name, value) = properties[i];
            writer.Unsigned((ulong)dictionaries.Fields.NumberOf(new StoredFieldKey(type, name, value.Kind)));
            WriteValue(value, dictionaries, writer);
        }
    }

    public static Properties Read(ReadOnlySpan<byte> bytes, Dictionaries dictionaries)
    {
        var reader = new ByteReader(bytes);
        var count = reader.Unsigned();
        if (count == 0) return Properties.None;
        if (count > (ulong)bytes.Length) throw new FormatException("Stored properties count more than they hold.");
        var items = new Property[count];
        for (var i = 0; i < items.Length; i++)
        {
            var field = dictionaries.Fields.ValueOf((long)reader.Unsigned());
            items[i] = new Property(field.Name, ReadValue(field.Kind, dictionaries, ref reader));
        }

        return Properties.OfOrdered(items);
    }

    private static void WriteValue(PropertyValue value, Dictionaries dictionaries, ByteWriter writer)
    {
        switch (value.Kind)
        {
            case FieldKind.String:
                writer.Text(value.AsString());
                break;
            case FieldKind.Integer:
                writer.Signed(value.AsInteger());
                break;
            case FieldKind.Decimal:
                WriteDecimal(PropertyText.Normal(value.AsDecimal()), writer);
                break;
            case FieldKind.Boolean:
                writer.Byte(value.AsBoolean() ? (byte)1 : (byte)0);
                break;
            case FieldKind.Date:
                writer.Signed(value.AsDate().DayNumber);
                break;
            case FieldKind.DateTime:
                writer.Signed(value.AsDateTime().ToUnixTimeMilliseconds());
                break;
            case FieldKind.Enum:
                writer.Unsigned((ulong)dictionaries.Names.NumberOf(value.AsString()));
                break;
            case FieldKind.StringList:
                writer.Unsigned((ulong)value.AsStrings().Length);
                foreach (var text in value.AsStrings()) writer.Text(text);
                break;
            default:
                throw new InvalidOperationException($"Unknown kind {value.Kind}.");
        }
    }

    private static PropertyValue ReadValue(FieldKind kind, Dictionaries dictionaries, ref ByteReader reader) => kind switch
    {
        FieldKind.String => PropertyValue.Of(reader.Text()),
        FieldKind.Integer => PropertyValue.Of(reader.Signed()),
        FieldKind.Decimal => PropertyValue.Of(ReadDecimal(ref reader)),
        FieldKind.Boolean => PropertyValue.Of(reader.Byte() == 1),
        FieldKind.Date => PropertyValue.Of(DateOnly.FromDayNumber(checked((int)reader.Signed()))),
        FieldKind.DateTime => PropertyValue.Of(DateTimeOffset.FromUnixTimeMilliseconds(reader.Signed())),
        FieldKind.Enum => PropertyValue.OfEnum(dictionaries.Names.ValueOf((long)reader.Unsigned())),
        FieldKind.StringList => PropertyValue.Of(ReadTexts(ref reader)),
        _ => throw new InvalidOperationException($"Unknown kind {kind}."),
    };

    private static void WriteDecimal(decimal value, ByteWriter writer)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        var head = (byte)(((bits[3] >> 16) & 0x1f) | (bits[3] < 0 && value != 0 ? Negative : 0));
        if (bits[2] == 0)
        {
            writer.Byte(head);
            writer.Unsigned((uint)bits[0] | ((ulong)(uint)bits[1] << 32));
            return;
        }

        writer.Byte((byte)(head | Wide));
        for (var i = 0; i < 3; i++) writer.Int32(bits[i]);
    }

    private static decimal ReadDecimal(ref ByteReader reader)
    {
        var head = reader.Byte();
        int low, middle, high = 0;
        if ((head & Wide) != 0)
        {
            (low, middle, high) = (reader.Int32(), reader.Int32(), reader.Int32());
        }
        else
        {
            var digits = reader.Unsigned();
            (low, middle) = ((int)digits, (int)(digits >> 32));
        }

        var scale = (byte)(head & 0x1f);
        return scale <= 28
            ? new decimal(low, middle, high, (head & Negative) != 0, scale)
            : throw new FormatException($"A stored decimal has scale {scale}.");
    }

    private static string[] ReadTexts(ref ByteReader reader)
    {
        var count = reader.Unsigned();
        if (count > int.MaxValue) throw new FormatException("A stored list is too long.");
        var texts = new List<string>();
        for (ulong i = 0; i < count; i++) texts.Add(reader.Text());
        return [.. texts];
    }
}
