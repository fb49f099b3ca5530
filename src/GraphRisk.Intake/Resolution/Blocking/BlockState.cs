namespace GraphRisk.Intake.Resolution.Blocking;

/// <summary>What a block is good for.</summary>
public enum BlockState
{
    /// <summary>Its records are compared, or its value counts as evidence.</summary>
    Usable,

    /// <summary>Too many records share it to tell anybody apart.</summary>
    TooCommon,

    /// <summary>Too many different names share the value: reported, and no evidence.</summary>
    Suspicious,
}

/// <summary>Judges blocks by their rule.</summary>
public static class BlockStates
{
    /// <summary>The state of a block.</summary>
    /// <param name="rule">Rule of its kind.</param>
    /// <param name="members">Its records.</param>
    /// <param name="nameOf">Name key of a record, by ordinal.</param>
    public static BlockState Of(BlockRule rule, ReadOnlySpan<int> members, Func<int, ulong> nameOf)
    {
        if (rule.MostNames is { } most && members.Length > most)
        {
            var names = new HashSet<ulong>();
            foreach (var member in members) names.Add(nameOf(member));
            if (names.Count > most && names.Count * 2 > members.Length) return BlockState.Suspicious;
        }

        return members.Length > rule.MostRecords ? BlockState.TooCommon : BlockState.Usable;
    }
}
