// SPDX-License-Identifier: Apache-2.0

import LedgerFormat
import ReliefSimulation

/// Something that one officer is to record; what it needs is in the ledger already.
enum Task {
    /// Grants come in; a province passes them on to its counties.
    case open(Wave)
    /// A county acknowledges, allocates, plans and decides.
    case setUp(Campaign)
    /// A village is paid.
    case pay(Campaign, Share, line: Int)
    /// The bank answers a batch.
    case answer(Campaign, Share, line: Int, batch: Int)
    /// A settled payment comes back.
    case comeBack(Campaign, Followup)
    /// A payment that failed or came back is sent again or given up.
    case resolve(Campaign, Followup)
    /// The bank answers a payment that was sent again.
    case answerAgain(Campaign, Followup)
    /// A supplier is paid.
    case supply(Campaign, Share)
    /// An expense is undone, in whole or in part.
    case undo(Campaign, Share, expense: Int, amount: Int64)
    /// What is left goes back up.
    case close(Campaign)
    /// What counties gave back goes to its source.
    case giveBack(grant: Int, amount: Int64)

    /// Entries, about.
    var size: Int {
        switch self {
        case .open(let wave): 2 + wave.grants.count * (1 + wave.campaigns.count)
        case .setUp(let campaign): campaign.shares.count * 12 + campaign.supplies.count * 4
        case .pay(_, let share, let line): 1 + share.lines[line].count
        case .answer(_, let share, let line, _): share.lines[line].count
        case .close(let campaign): campaign.shares.count * 3 + campaign.supplies.count
        case .comeBack, .resolve, .answerAgain, .supply, .undo, .giveBack: 1
        }
    }
}

/// An officer's desk: what waits to be recorded, in order.
struct Office {
    let officer: Officer
    /// What the next posting is to hold, about.
    var target: Int
    private(set) var load = 0
    private var ordinary = TaskQueue()
    private var urgent = TaskQueue()
    private(set) var urgentSince: CivilDate?

    init(_ officer: Officer, target: Int) {
        self.officer = officer
        self.target = target
    }

    var isIdle: Bool { load == 0 }

    /// Adds a task; an urgent one comes before all that are not.
    mutating func add(_ task: Task, isUrgent: Bool, on date: CivilDate) {
        load += task.size
        if isUrgent {
            urgent.append(task)
            urgentSince = urgentSince ?? date
        } else {
            ordinary.append(task)
        }
    }

    /// The next task, if at least half of its entries fit into the room that a posting has left.
    mutating func next(room: Int) -> Task? {
        let isUrgent = !urgent.isEmpty
        guard let task = isUrgent ? urgent.first : ordinary.first, task.size / 2 <= room else {
            return nil
        }
        if isUrgent {
            urgent.removeFirst()
            if urgent.isEmpty { urgentSince = nil }
        } else {
            ordinary.removeFirst()
        }
        load -= task.size
        return task
    }
}

/// First in, first out.
struct TaskQueue {
    private var tasks: [Task?] = []
    private var head = 0

    var isEmpty: Bool { head == tasks.count }

    var first: Task? { isEmpty ? nil : tasks[head] }

    mutating func append(_ task: Task) { tasks.append(task) }

    mutating func removeFirst() {
        tasks[head] = nil
        head += 1
        // What has been taken is dropped once it is the greater part.
        guard head > 64, head * 2 > tasks.count else { return }
        tasks.removeFirst(head)
        head = 0
    }
}
