using System.Collections.Immutable;

namespace GraphRisk.Intake.Resolution.Blocking;

/// <summary>What two records must share to be compared at all. The number is the lowest five bits of a block's key.</summary>
public enum BlockKind
{
    Identifier = 0,
    Phone,
    NameBeginning,
    NamePhone,
    NameEmail,
    NameAddress,
    NameRegion,
    NameIdHead,
    NameIdTail,
    LettersBeginning,
    LettersPhone,
    PhoneBeginning,
    LettersIdTail,
    BeginningIdTail,
    Name,
    Email,
    Address,
}

/// <summary>What is done with the blocks of a kind.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="MakesPairs">Whether sharing it alone calls for a comparison; otherwise it is only counted.</param>
/// <param name="MostRecords">Of a block with more records not every pair is compared, but each record with a few of the block.</param>
/// <param name="MostNames">
/// A value of an identifying kind under more different names, and more than half as many names as records, is suspicious:
/// a filler or a switchboard. It is reported, and is no evidence. Null where names do not matter.
/// </param>
public sealed record BlockRule(BlockKind Kind, bool MakesPairs, int MostRecords, int? MostNames = null)
{
    /// <summary>Whether only the number of records counts.</summary>
    public bool OnlyCounts => !MakesPairs && MostNames is null;

    /// <summary>The rules, one per kind, in the order of the kinds.</summary>
    public static ImmutableArray<BlockRule> All { get; } =
    [
        new(BlockKind.Identifier, true, 200, 4),
        new(BlockKind.Phone, false, int.MaxValue, 4),
        new(BlockKind.NameBeginning, true, 100),
        new(BlockKind.NamePhone, true, 100),
        new(BlockKind.NameEmail, true, 100),
        new(BlockKind.NameAddress, true, 100),
        new(BlockKind.NameRegion, true, 100),
        new(BlockKind.NameIdHead, true, 60),
        new(BlockKind.NameIdTail, true, 60),
        new(BlockKind.LettersBeginning, true, 60),
        new(BlockKind.LettersPhone, true, 60),
        new(BlockKind.PhoneBeginning, true, 60),
        new(BlockKind.LettersIdTail, true, 60),
        new(BlockKind.BeginningIdTail, true, 60),
        new(BlockKind.Name, false, int.MaxValue),
        new(BlockKind.Email, false, int.MaxValue),
        new(BlockKind.Address, false, int.MaxValue),
    ];
}
