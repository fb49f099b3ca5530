using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using GraphQL.Types;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Server.Security;

namespace GraphRisk.Server.Plans;

/// <summary>The values of one field over rows that are read together, as the viewer sees them and JSON has them.</summary>
/// <param name="characters">Characters of those that are texts, which the budget counts.</param>
internal abstract class StoredCells(long characters)
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public long Characters => characters;

    /// <summary>Writes one.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="at">Place among the rows.</param>
    /// <param name="row">Row of the column.</param>
    public abstract void Write(ref JsonText json, int at, int row);

    /// <summary>The values of a field; null where one of them is an error.</summary>
    public static StoredCells? Of(PlannedField field, NodeTable nodes, int[] rows, Standing[] standings, AccessDecision[] decisions, PlannedQuestion question)
    {
        var stored = field.Stored!;
        var column = nodes.ColumnOf(stored.Owner, stored.Field);
        if (column is null) return new Nothing();
        return Array.TrueForAll(decisions, decision => decision is null or { Access: Access.Allow })
            ? column switch
            {
                StringColumn texts => Texts.Of(texts, rows, nodes.RowCount(stored.Owner.Name)),
                ValueColumn<decimal> numbers => new Numbers(numbers),
                ValueColumn<int> { Field.Kind: FieldKind.Date } days => new Days(days),
                ValueColumn<byte> { Field.Kind: FieldKind.Enum } codes => Names.Of(field, codes, rows),
                _ => Made.Of(field, column, rows, standings, decisions, question),
            }
            : Made.Of(field, column, rows, standings, decisions, question);
    }

    private sealed class Nothing() : StoredCells(0)
    {
        public override void Write(ref JsonText json, int at, int row) => json.Null();
    }

    private sealed class Texts(StringColumn texts, TextForms forms, long characters) : StoredCells(characters)
    {
        public static Texts Of(StringColumn texts, int[] rows, int count)
        {
            var (forms, sum) = (TextForms.Of(texts, count), 0L);
            foreach (var row in rows) sum += forms.Look(row, texts.Utf8(row)).Characters;
            return new Texts(texts, forms, sum);
        }

        public override void Write(ref JsonText json, int at, int row)
        {
            var text = texts.Utf8(row);
            if (text.IsEmpty) json.Null();
            else if (forms.Look(row, text).IsPlain) json.Plain(text);
            else json.Text(Encoding.UTF8.GetString(text));
        }
    }

    private sealed class Numbers(ValueColumn<decimal> numbers) : StoredCells(0)
    {
        public override void Write(ref JsonText json, int at, int row)
        {
            var number = numbers[row];
            if (number == numbers.None) json.Null();
            else if (number.Scale == 0) json.Number(number);
            else if (number == 0) json.Number(PropertyText.Normal(number));
            else WriteWithoutZeros(ref json, number);
        }

        // The digits of PropertyText.Normal, without the division that makes it.
        private static void WriteWithoutZeros(ref JsonText json, decimal number)
        {
            Span<byte> digits = stackalloc byte[32];
            number.TryFormat(digits, out var written, default, CultureInfo.InvariantCulture);
            json.Raw(digits[..written].TrimEnd((byte)'0').TrimEnd((byte)'.'));
        }
    }

    private sealed class Days(ValueColumn<int> days) : StoredCells(0)
    {
        public override void Write(ref JsonText json, int at, int row)
        {
            var number = days[row];
            if (number == days.None)
            {
                json.Null();
                return;
            }

            var (year, month, day) = DateOnly.FromDayNumber(number);
            ReadOnlySpan<byte> text =
            [
                Digit(year / 1000), Digit(year / 100), Digit(year / 10), Digit(year), (byte)'-', Digit(month / 10), Digit(month), (byte)'-', Digit(day / 10), Digit(day),
            ];
            json.Plain(text);
        }

        private static byte Digit(int number) => (byte)('0' + (number % 10));
    }

    private sealed class Names(ValueColumn<byte> codes, NamedCode?[] known, long characters) : StoredCells(characters)
    {
        public static Names? Of(PlannedField field, ValueColumn<byte> codes, int[] rows)
        {
            var sum = 0L;
            foreach (var row in rows)
            {
                var code = codes[row];
                if (code == codes.None) continue;
                if (field.Codes[code] is not { } named)
                {
                    var name = codes.Get(row)!.Value.AsString();
                    object? value = name;
                    if (!Made.TrySerialize(field.Shape.Scalar!, ref value)) return null;
                    field.Codes[code] = named = new NamedCode(JsonSerializer.SerializeToUtf8Bytes(value, Relaxed), name.Length);
                }

                sum += named.Characters;
            }

            return new Names(codes, field.Codes, sum);
        }

        public override void Write(ref JsonText json, int at, int row)
        {
            var code = codes[row];
            if (code == codes.None) json.Null();
            else json.Raw(known[code]!.Json);
        }
    }

    /// <summary>Values that are hidden from some, or have a form of their own: made one by one.</summary>
    private sealed class Made(object?[] values, long characters) : StoredCells(characters)
    {
        public override void Write(ref JsonText json, int at, int row) => AnswerJson.WriteLeaf(ref json, values[at]);

        public static Made? Of(PlannedField field, Column column, int[] rows, Standing[] standings, AccessDecision[] decisions, PlannedQuestion question)
        {
            var (values, characters) = (new object?[rows.Length], 0L);
            for (var at = 0; at < values.Length; at++)
            {
                var value = Shown(decisions[(int)standings[at]], column.Get(rows[at])?.AsObject(), field.Stored!.Access.Mask, question);
                if (value is string text) characters += text.Length;
                if (!TrySerialize(field.Shape.Scalar!, ref value)) return null;
                values[at] = value;
            }

            return new Made(values, characters);
        }

        private static object? Shown(AccessDecision decision, object? known, MaskKind mask, PlannedQuestion question) => decision.Access switch
        {
            Access.Allow => known,
            Access.Mask => Masking.Apply(mask, known),
            Access.Pseudonym => question.Grounds.Pseudonyms.Apply(question.Request.Viewer, mask, known),
            Access.Round => Rounding.Apply(known),
            _ => null,
        };

        /// <summary>Makes of a value what stands in the answer; false where it has to be an error.</summary>
        public static bool TrySerialize(ScalarGraphType scalar, ref object? value)
        {
            try
            {
                value = scalar.Serialize(value);
                return true;
            }
            catch (InvalidOperationException)
            {
                // Reading it field by field says so with its path.
                return false;
            }
        }
    }
}
