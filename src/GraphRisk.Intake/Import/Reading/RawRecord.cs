namespace GraphRisk.Intake.Import.Reading;

/// <summary>The bytes of one record as the file holds them; valid until the next is read.</summary>
/// <param name="Line">Line of its first byte, from 1.</param>
/// <param name="Bytes">The record without its line end; only the beginning where it exceeds the limit.</param>
/// <param name="Length">Length of the whole record in bytes.</param>
/// <param name="Fault">Why it cannot even be read; null where it can.</param>
public readonly record struct RawRecord(long Line, ReadOnlyMemory<byte> Bytes, long Length, RecordFault? Fault = null);

/// <summary>Cuts a file into records, each to be read on its own, so that a broken one does not harm the next.</summary>
public interface IRawReader : IDisposable
{
    /// <summary>Reads the next record; false at the end of the file.</summary>
    bool Next(out RawRecord record);
}
