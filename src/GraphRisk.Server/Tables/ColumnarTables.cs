using Apache.Arrow;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;
using ParquetSharp;
using ParquetSharp.Arrow;

namespace GraphRisk.Server.Tables;

/// <summary>Gathers rows into batches of columns.</summary>
internal abstract class ColumnarTable(IReadOnlyList<TableColumn> columns) : ITableWriter
{
    private const int RowsOfBatch = 16_384;

    private readonly List<object?[]> held = [];

    /// <summary>What is known of the table, and how each column is seen, stands as metadata in the schema.</summary>
    protected static Schema SchemaOf(TableHead head)
    {
        var schema = new Schema.Builder();
        foreach (var column in head.Columns) schema.Field(new Apache.Arrow.Field(column.Name, TypeOf(column.Kind), nullable: true, About(column.Access)));
        schema.Metadata(head.About);
        return schema.Build();
    }

    public void Write(IReadOnlyList<object?[]> rows)
    {
        held.AddRange(rows);
        if (held.Count >= RowsOfBatch) Flush();
    }

    public void End()
    {
        if (held.Count > 0) Flush();
        Close();
    }

    public abstract void Dispose();

    protected abstract Schema Schema { get; }

    protected abstract void Write(RecordBatch batch);

    protected abstract void Close();

    private void Flush()
    {
        using var batch = new RecordBatch(Schema, columns.Select((column, at) => ArrayOf(column.Kind, held.ConvertAll(row => row[at]))), held.Count);
        Write(batch);
        held.Clear();
    }

    private static Dictionary<string, string> About(ColumnAccess access)
    {
        var about = new Dictionary<string, string> { ["graphrisk.access"] = access.Word };
        if (access.Code is { } code) about["graphrisk.code"] = code;
        return about;
    }

    private static IArrowType TypeOf(CellKind kind) => kind switch
    {
        CellKind.Decimal => Cells.Money,
        CellKind.Integer => Int64Type.Default,
        CellKind.Number => DoubleType.Default,
        CellKind.Boolean => BooleanType.Default,
        CellKind.Day => Date32Type.Default,
        CellKind.Instant => Cells.Instant,
        _ => StringType.Default,
    };

    private static IArrowArray ArrayOf(CellKind kind, List<object?> cells)
    {
        switch (kind)
        {
            case CellKind.Decimal:
                var decimals = new Decimal128Array.Builder(Cells.Money);
                foreach (var cell in cells)
                    if (cell is decimal number) decimals.Append(decimal.Round(number, Cells.Money.Scale));
                    else decimals.AppendNull();
                return decimals.Build();
            case CellKind.Integer:
                var integers = new Int64Array.Builder();
                foreach (var cell in cells) integers.Append((long?)cell);
                return integers.Build();
            case CellKind.Number:
                var numbers = new DoubleArray.Builder();
                foreach (var cell in cells) numbers.Append((double?)cell);
                return numbers.Build();
            case CellKind.Boolean:
                var truths = new BooleanArray.Builder();
                foreach (var cell in cells)
                    if (cell is bool truth) truths.Append(truth);
                    else truths.AppendNull();
                return truths.Build();
            case CellKind.Day:
                var days = new Date32Array.Builder();
                foreach (var cell in cells)
                    if (cell is DateOnly day) days.Append(day.ToDateTime(TimeOnly.MinValue));
                    else days.AppendNull();
                return days.Build();
            case CellKind.Instant:
                var instants = new TimestampArray.Builder(Cells.Instant);
                foreach (var cell in cells)
                    if (cell is DateTimeOffset instant) instants.Append(instant);
                    else instants.AppendNull();
                return instants.Build();
            default:
                var texts = new StringArray.Builder();
                foreach (var cell in cells)
                    if (cell is string text) texts.Append(text);
                    else texts.AppendNull();
                return texts.Build();
        }
    }

    /// <summary>How exact numbers and instants are held.</summary>
    private static class Cells
    {
        /// <summary>Sixteen digits before the point and twelve behind, which is what money and shares of the graph have.</summary>
        public static Decimal128Type Money { get; } = new(28, 12);

        public static TimestampType Instant { get; } = new(Apache.Arrow.Types.TimeUnit.Millisecond, "UTC");
    }
}

/// <summary>The stream format of Apache Arrow.</summary>
internal sealed class ArrowTable : ColumnarTable
{
    private readonly ArrowStreamWriter to;

    public ArrowTable(TableHead head, Stream stream)
        : base(head.Columns)
    {
        Schema = SchemaOf(head);
        to = new ArrowStreamWriter(stream, Schema, leaveOpen: true);
        to.WriteStart();
    }

    protected override Schema Schema { get; }

    public override void Dispose() => to.Dispose();

    protected override void Write(RecordBatch batch) => to.WriteRecordBatch(batch);

    protected override void Close() => to.WriteEnd();
}

/// <summary>Apache Parquet, compressed by Zstandard; each batch is a row group.</summary>
internal sealed class ParquetTable : ColumnarTable
{
    private readonly FileWriter to;

    public ParquetTable(TableHead head, Stream stream)
        : base(head.Columns)
    {
        Schema = SchemaOf(head);
        using var properties = new WriterPropertiesBuilder().Compression(Compression.Zstd).Build();
        using var arrow = new ArrowWriterPropertiesBuilder().StoreSchema().Build();
        to = new FileWriter(stream, Schema, properties, arrow, leaveOpen: true);
    }

    protected override Schema Schema { get; }

    public override void Dispose() => to.Dispose();

    protected override void Write(RecordBatch batch) => to.WriteRecordBatch(batch);

    protected override void Close() => to.Close();
}
