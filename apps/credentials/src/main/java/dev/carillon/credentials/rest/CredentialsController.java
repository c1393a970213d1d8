package dev.carillon.credentials.rest;

import dev.carillon.credentials.credential.Status;
import dev.carillon.credentials.rest.CredentialItems.Filter;
import dev.carillon.credentials.security.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Awards, revokes and lists credentials, for the LMS. */
@RestController
@RequestMapping("/api/v2/credentials")
class CredentialsController {

    static final String PROGRAM = "program";
    static final String COURSE_RUN = "course-run";

    private static final int CALLS_PER_MINUTE = 15;

    private final CredentialItems items;
    private final CredentialCalls calls;
    private final Throttle throttle = new Throttle(CALLS_PER_MINUTE);

    CredentialsController(CredentialItems items, CredentialCalls calls) {
        this.items = items;
        this.calls = calls;
    }

    /** Lists credentials: all for staff, one's own for everybody. */
    @GetMapping
    Page<CredentialItem> list(
            HttpServletRequest request,
            Caller caller,
            @RequestParam(name = "username", required = false) @Nullable String username,
            @RequestParam(name = "status", required = false) @Nullable String status,
            @RequestParam(name = "type", required = false) @Nullable String type,
            @RequestParam(name = "program_uuid", required = false) @Nullable String programUuid,
            @RequestParam(name = "only_visible", required = false) @Nullable String onlyVisible,
            @RequestParam(name = "page", required = false) @Nullable String page) {
        if (username == null) {
            caller.requireStaff();
        } else {
            caller.requireStaffOr(username);
        }
        throttle.count(caller);
        int number = Page.number(page);
        @Nullable UUID program = programUuid == null || programUuid.isEmpty() ? null : Uuids.parse(programUuid);
        boolean matchesNothing = (programUuid != null && !programUuid.isEmpty() && program == null)
                || (type != null && !type.equals(PROGRAM) && !type.equals(COURSE_RUN));
        if (matchesNothing) {
            return Page.of(request, number, 0, List.of());
        }
        Filter filter = new Filter(
                username,
                status == null || status.isEmpty() ? null : status,
                type == null ? null : type.equals(PROGRAM),
                program,
                Body.isTrue(onlyVisible));
        return Page.of(request, number, items.count(filter), items.list(filter, number));
    }

    /** Returns a credential to staff and to whom it belongs. */
    @GetMapping("/{uuid}")
    CredentialItem get(@PathVariable("uuid") String uuid, Caller caller) {
        throttle.count(caller);
        CredentialItem item = find(uuid);
        caller.requireStaffOr(item.username());
        return item;
    }

    /** Awards a credential, or revokes it. */
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    CredentialItem create(Body body, Caller caller) {
        caller.requireStaff();
        return items.find(calls.upsert(body, caller)).orElseThrow();
    }

    /** Changes the status. */
    @RequestMapping(
            path = "/{uuid}",
            method = {RequestMethod.PATCH, RequestMethod.PUT})
    CredentialItem update(@PathVariable("uuid") String uuid, Body body, Caller caller) {
        caller.requireStaff();
        CredentialItem item = find(uuid);
        @Nullable Status status = CredentialCalls.status(body);
        if (status == null && !body.has("status")) {
            body.problem("status", Body.REQUIRED);
        }
        body.check();
        if (status != null) {
            calls.setStatus(item.uuid(), status, caller);
        }
        return items.find(item.uuid()).orElseThrow();
    }

    /** Revokes a credential: none is ever deleted. */
    @DeleteMapping("/{uuid}")
    CredentialItem revoke(@PathVariable("uuid") String uuid, Caller caller) {
        caller.requireStaff();
        CredentialItem item = find(uuid);
        calls.setStatus(item.uuid(), Status.REVOKED, caller);
        return items.find(item.uuid()).orElseThrow();
    }

    private CredentialItem find(String uuid) {
        @Nullable UUID parsed = Uuids.parse(uuid);
        if (parsed == null) {
            throw new NotFoundException();
        }
        return items.find(parsed).orElseThrow(NotFoundException::new);
    }
}
