using System.Globalization;
using System.Text;
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
    public long Characters => characters;

    /// <summary>Writes one.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="at">Place among the rows.</param>
    /// <param name="row">Row of the column.</param>
    public abstract void Write(Utf8JsonWriter json, int at, int row);

    /// <summary>The values of a field; null where one of them is an error.</summary>
    public static StoredCells? Of(PlannedField field, NodeTable nodes, int[] rows, Standing[] standings, AccessDecision[] decisions, PlannedQuestion question)
    {
        var stored = field.Stored!;
        var column = nodes.ColumnOf(stored.Owner, stored.Field);
        if (column is null) return new Nothing();
        return Array.TrueForAll(decisions, decision => decision is null or { Access: Access.Allow })
            ? column switch
            {
                StringColumn texts => new Texts(texts, rows),
                ValueColumn<decimal> numbers => new Numbers(numbers),
                ValueColumn<int> { Field.Kind: FieldKind.Date } days => new Days(days),
                _ => Made.Of(field, column, rows, standings, decisions, question),
            }
            : Made.Of(field, column, rows, standings, decisions, question);
    }

    private sealed class Nothing() : StoredCells(0)
    {
        public override void Write(Utf8JsonWriter json, int at, int row) => json.WriteNullValue();
    }

    private sealed class Texts(StringColumn texts, int[] rows) : StoredCells(CharactersOf(texts, rows))
    {
        public override void Write(Utf8JsonWriter json, int at, int row)
        {
            if (texts.Utf8(row) is { Length: > 0 } text) json.WriteStringValue(text);
            else json.WriteNullValue();
        }

        private static long CharactersOf(StringColumn texts, int[] rows)
        {
            var sum = 0L;
            foreach (var row in rows) sum += Encoding.UTF8.GetCharCount(texts.Utf8(row));
            return sum;
        }
    }

    private sealed class Numbers(ValueColumn<decimal> numbers) : StoredCells(0)
    {
        public override void Write(Utf8JsonWriter json, int at, int row)
        {
            var number = numbers[row];
            if (number == numbers.None) json.WriteNullValue();
            else if (number.Scale == 0) json.WriteNumberValue(number);
            else if (number == 0) json.WriteNumberValue(PropertyText.Normal(number));
            else WriteWithoutZeros(json, number);
        }

        // The digits of PropertyText.Normal, without the division that makes it.
        private static void WriteWithoutZeros(Utf8JsonWriter json, decimal number)
        {
            Span<byte> digits = stackalloc byte[32];
            number.TryFormat(digits, out var written, default, CultureInfo.InvariantCulture);
            json.WriteRawValue(digits[..written].TrimEnd((byte)'0').TrimEnd((byte)'.'), skipInputValidation: true);
        }
    }

    private sealed class Days(ValueColumn<int> days) : StoredCells(0)
    {
        public override void Write(Utf8JsonWriter json, int at, int row)
        {
            var day = days[row];
            if (day == days.None)
            {
                json.WriteNullValue();
                return;
            }

            Span<byte> text = stackalloc byte[10];
            DateOnly.FromDayNumber(day).TryFormat(text, out var written, "yyyy-MM-dd", CultureInfo.InvariantCulture);
            json.WriteStringValue(text[..written]);
        }
    }

    /// <summary>Values that are hidden from some, or have a form of their own: made one by one.</summary>
    private sealed class Made(object?[] values, long characters) : StoredCells(characters)
    {
        public override void Write(Utf8JsonWriter json, int at, int row) => AnswerJson.WriteLeaf(json, values[at]);

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

        private static bool TrySerialize(ScalarGraphType scalar, ref object? value)
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
