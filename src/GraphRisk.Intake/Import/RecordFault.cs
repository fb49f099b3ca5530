namespace GraphRisk.Intake.Import;

/// <summary>Why a record cannot be taken in.</summary>
/// <param name="Field">Column or field that is at fault; null where the record as a whole is.</param>
/// <param name="Reason">What is wrong, in words that follow the field's name: <c>is not a number</c>.</param>
public sealed record RecordFault(string? Field, string Reason)
{
    public override string ToString() => Field is null ? Reason : $"{Field}: {Reason}";
}
