namespace GraphRisk.Server.Plans;

/// <summary>
/// Nulls what holds a null where none may be, up to the next part that may be null (section 6.4.4). It is looked at only where an error was met, since
/// nothing else puts a null there.
/// </summary>
internal static class NullPropagation
{
    /// <summary>Whether an object itself becomes null; parts of it are nulled as they must be.</summary>
    public static bool Reaches(AnswerObject part)
    {
        if (part.Rows is not null) return false; // Columns may all be null.
        if (part.Values is not { } values) return true;
        for (var at = 0; at < values.Length; at++)
        {
            if (!IsNull(ref values[at]) || !part.Plan.Fields[at].Shape.IsRequired) continue;
            part.Values = null;
            return true;
        }

        return false;
    }

    private static bool Reaches(AnswerList part)
    {
        for (var at = 0; at < part.Items.Length; at++)
            if (IsNull(ref part.Items[at]) && part.Item.IsRequired) return true;
        return false;
    }

    private static bool IsNull(ref object? value)
    {
        var isNull = value switch
        {
            null => true,
            AnswerObject made => Reaches(made),
            AnswerList list => Reaches(list),
            _ => false,
        };
        if (isNull) value = null;
        return isNull;
    }
}
